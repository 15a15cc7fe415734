// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * One peer's Adj-RIB-Out (RFC 4271 section 3.2): what it should have, what it was told, and a queue of the prefixes where the
 * two differ, so that a single change never costs more than itself. What changes several times before it is sent is sent once,
 * and what ends as it was isn't sent at all. A new session's table goes out by a walk over the entries, before the queue: what
 * the walk has yet to visit isn't in the queue.
 *
 * <p>Not thread-safe: it belongs to the peer's loop. The bytes it makes belong to the caller.
 */
public final class AdjRibOut {
    private static final int MOST_PATHS = 1024;

    private record Waiting(Ticket ticket, long batch) {}

    private record Unwritten(long number, List<Entry> announced) {}

    private final Entries entries = new Entries();
    /** Entries that differ, in the order in which they began to, and some that don't any more. */
    private final Deque<Entry> queue = new ArrayDeque<>();

    private final TableMarks marks = new TableMarks();
    private final Deque<Waiting> tickets = new ArrayDeque<>();
    private final Deque<Unwritten> unwritten = new ArrayDeque<>();

    private final int[] wanted = new int[AddressFamily.values().length];
    private final Map<Path, Path> paths = new HashMap<>();
    private @Nullable Path latest;
    private @Nullable Wire wire;
    private long batches;
    private int toldCount;
    private int toAnnounce;
    private int toWithdraw;

    /** The peer should have no route for this prefix. */
    public void want(IpPrefix prefix) {
        Entry entry = entries.find(prefix);
        if (entry != null) {
            want(entry, null);
        }
    }

    /**
     * The peer should have this route.
     *
     * @param bandwidth what it is told of the next hop; null = nothing
     */
    public void want(IpPrefix prefix, IpAddress nextHop, @Nullable ExtendedCommunity bandwidth) {
        Entry entry = entries.find(prefix);
        want(entry == null ? entries.add(prefix) : entry, share(nextHop, bandwidth));
    }

    private void want(Entry entry, @Nullable Path path) {
        count(entry, -1);
        wanted[entry.family.ordinal()] += (path == null ? 0 : 1) - (entry.wanted == null ? 0 : 1);
        entry.wanted = path;
        compare(entry);
        dropIfUseless(entry);
    }

    /** One object for what is the same: the routes of a table are looked at in a row again, and compared by it. */
    private Path share(IpAddress nextHop, @Nullable ExtendedCommunity bandwidth) {
        if (latest != null && latest.nextHop().equals(nextHop) && Objects.equals(latest.bandwidth(), bandwidth)) {
            return latest;
        }
        if (paths.size() > MOST_PATHS) {
            paths.clear(); // they stay what they are to the entries that have them
        }
        Path path = paths.computeIfAbsent(new Path(nextHop, bandwidth), p -> p);
        latest = path;
        return path;
    }

    private void dropIfUseless(Entry entry) {
        if (entry.isUseless()) {
            entries.drop(entry);
        }
    }

    private @Nullable Path should(Entry entry) {
        Wire agreed = wire;
        Path path = entry.wanted;
        return agreed != null && path != null && agreed.sends(entry.prefix, path.nextHop()) ? path : null;
    }

    /** Whether the walk over a new session's table is to look at this entry. */
    private boolean isInTable(Entry entry) {
        return entry.wanted != null && isSendable(entry.family);
    }

    /** Notes whether an entry that isn't counted differs now; one that is in the queue keeps its place. */
    private void compare(Entry entry) {
        entry.differs = wire != null && !entries.isAhead(entry) && entry.differsFrom(should(entry));
        count(entry, 1);
        if (entry.differs && !entry.queued) {
            entry.queued = true;
            queue.add(entry);
        }
    }

    /** Counts an entry as what it is, or takes that back before it changes. */
    private void count(Entry entry, int by) {
        if (entries.isAhead(entry)) {
            toAnnounce += isInTable(entry) ? by : 0;
        } else if (entry.differs && should(entry) != null) {
            toAnnounce += by;
        } else if (entry.differs) {
            toWithdraw += by;
        }
    }

    /** The number of the batch that will hold the last of today's differences: batches hold the oldest first. */
    private long lastBatch() {
        int size = wire == null ? 1 : wire.batchRoutes;
        return batches + (entries.stepsLeft() + queue.size() + size - 1) / size;
    }

    /** A session is established: everything that is wanted is to be sent, then End-of-RIB for each family. */
    public void sessionUp(PeerSettings settings, CodecOptions codec, Set<AddressFamily> families) {
        if (wire != null) {
            sessionDown("a new session");
        }
        wire = new Wire(settings, codec, families);
        entries.beginWalk();
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                toAnnounce += wanted[family.ordinal()];
                marks.table(family, lastBatch());
            }
        }
    }

    /** The session is over: the peer has nothing any more, and nobody need wait. */
    public void sessionDown(String reason) {
        wire = null;
        queue.clear();
        marks.clear();
        unwritten.clear();
        toldCount = 0;
        toAnnounce = 0;
        toWithdraw = 0;
        entries.endWalk();
        entries.each(Entry::forget);
        entries.dropUseless();
        List<Waiting> waiting = new ArrayList<>(tickets);
        tickets.clear();
        waiting.forEach(w -> w.ticket().sessionDown(reason));
    }

    /**
     * Everything of this family is sent again (RFC 2918 section 4).
     *
     * @param marked between the marks of RFC 7313, which both sides must know
     */
    public void resend(AddressFamily family, boolean marked) {
        if (!isSendable(family)) {
            return;
        }
        entries.each(entry -> {
            if (entry.wanted != null && entry.family == family && !entries.isAhead(entry)) {
                count(entry, -1);
                entry.stale = true;
                compare(entry);
            }
        });
        if (marked) {
            marks.refresh(family, lastBatch());
        }
    }

    /** Tells the ticket when all that differs now, and all that was handed out before, is written. */
    public void await(Ticket ticket, Instant now) {
        if (wire == null) {
            ticket.sessionDown("the session is down");
        } else if (toAnnounce + toWithdraw == 0 && unwritten.isEmpty()) {
            ticket.written(now);
        } else {
            long earlier = tickets.isEmpty() ? 0 : tickets.getLast().batch(); // one that may have been undone since
            tickets.add(new Waiting(ticket, Math.max(earlier, lastBatch())));
        }
    }

    /** True when there is something to hand out. */
    public boolean isDirty() {
        return toAnnounce + toWithdraw > 0 || !marks.isEmpty() || isAwaitedInVain();
    }

    /**
     * Somebody waits for a batch that would never be, for what differed then was undone before it was sent. An empty
     * batch ends the wait: after all that was handed out before it, as any other does.
     */
    private boolean isAwaitedInVain() {
        return !tickets.isEmpty() && tickets.getLast().batch() > batches;
    }

    /** The next write, or null when the peer has been told everything. The peer counts as told from here on. */
    public @Nullable Batch next(ByteBufAllocator allocator) {
        Wire agreed = wire;
        if (agreed == null || !isDirty()) {
            return null;
        }
        batches++;
        Wire.Load load = new Wire.Load();
        int left = agreed.batchRoutes;
        for (; left > 0 && entries.isWalking(); left--) {
            tellFirst(entries.step(), load);
        }
        for (; left > 0 && !queue.isEmpty(); left--) {
            Entry entry = queue.remove();
            entry.queued = false;
            if (entry.differs) {
                tell(entry, load);
            }
            dropIfUseless(entry);
        }
        unwritten.add(new Unwritten(batches, load.announced));
        return pack(agreed, load, allocator);
    }

    /** What the walk has come to: nothing was told of it, and a dropped one is wanted no more. */
    private void tellFirst(Entry entry, Wire.Load load) {
        Path should = should(entry);
        toAnnounce -= isInTable(entry) ? 1 : 0;
        if (should != null) {
            toldCount++;
            entry.batch = batches;
            entry.told = should;
            load.announce(entry, should);
        }
    }

    private void tell(Entry entry, Wire.Load load) {
        count(entry, -1);
        entry.differs = false;
        entry.stale = false;
        entry.writtenAt = null;
        entry.batch = batches;
        Path should = should(entry);
        toldCount += (should == null ? 0 : 1) - (entry.told == null ? 0 : 1);
        entry.told = should;
        if (should == null) {
            load.withdraw(entry);
        } else {
            load.announce(entry, should);
        }
    }

    private Batch pack(Wire agreed, Wire.Load load, ByteBufAllocator allocator) {
        ByteBuf bytes = allocator.directBuffer(Wire.room(load));
        long complete = entries.isWalking() || !queue.isEmpty() ? batches : Long.MAX_VALUE;
        int refreshes = marks.begin(agreed.codec, bytes);
        int updates = agreed.write(load, bytes) + marks.endTables(complete, bytes);
        refreshes += marks.endRefreshes(complete, agreed.codec, bytes);
        return new Batch(bytes, updates, refreshes, batches);
    }

    /** The socket has taken this batch and all before it. */
    public void written(long number, Instant at) {
        while (!unwritten.isEmpty() && unwritten.element().number() <= number) {
            Unwritten done = unwritten.remove();
            for (Entry entry : done.announced()) {
                if (entry.batch == done.number()) {
                    entry.writtenAt = at;
                }
            }
        }
        while (!tickets.isEmpty() && tickets.element().batch() <= number) {
            tickets.remove().ticket().written(at);
        }
    }

    /** When the socket took the route as it is wanted now; null while it hasn't. */
    public @Nullable Instant writtenAt(IpPrefix prefix) {
        Entry has = entries.find(prefix);
        return has == null || has.told == null || !has.told.equals(has.wanted) ? null : has.writtenAt;
    }

    public boolean isSendable(AddressFamily family) {
        return wire != null && wire.carries(family);
    }

    public boolean isUp() {
        return wire != null;
    }

    /** Every route that the peer should have. */
    public void forEachWanted(BiConsumer<IpPrefix, Path> visitor) {
        entries.each(entry -> {
            if (entry.wanted != null) {
                visitor.accept(entry.prefix, entry.wanted);
            }
        });
    }

    /** Routes told and not withdrawn. */
    public int toldCount() {
        return toldCount;
    }

    /** Routes wanted that the peer has not been told yet. */
    public int pendingCount() {
        return wire == null ? entries.size() : toAnnounce;
    }
}
