// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.codec.UpdatePacker;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * One peer's Adj-RIB-Out (RFC 4271 section 3.2): what it should have, what it was told, and the difference, which is kept
 * as a list, so that a single change never costs more than itself. What changes several times before it is sent is sent
 * once, and what ends as it was isn't sent at all.
 *
 * <p>Not thread-safe: it belongs to the peer's loop. The bytes it makes belong to the caller.
 */
public final class AdjRibOut {
    /** Routes in one write: enough to fill many messages, few enough that a blocked socket doesn't hold them all. */
    static final int BATCH_ROUTES = 65_536;

    /** What the peer was told about one prefix. */
    private static final class Told {
        final IpAddress nextHop;
        final long batch;

        /** The peer has asked to hear it again. */
        boolean stale;

        @Nullable
        Instant writtenAt;

        Told(IpAddress nextHop, long batch) {
            this.nextHop = nextHop;
            this.batch = batch;
        }
    }

    private record Waiting(Ticket ticket, long batch) {}

    private final Map<IpPrefix, IpAddress> wanted = new LinkedHashMap<>();
    private final Map<IpPrefix, Told> told = new HashMap<>();
    /** Prefixes whose wanted and told differ, in the order in which they began to; true = to be announced. */
    private final Map<IpPrefix, Boolean> dirty = new LinkedHashMap<>();

    private final TableMarks marks = new TableMarks();

    private final Deque<Waiting> tickets = new ArrayDeque<>();
    private final Deque<Batch> unwritten = new ArrayDeque<>();
    private final Map<IpAddress, UpdatePacker> packers = new HashMap<>();

    private @Nullable Wire wire;
    private long batches;
    private int toAnnounce;

    /** What a session has agreed on. */
    private record Wire(PathAttributes attributes, CodecOptions codec, Set<AddressFamily> families) {}

    /** The peer should have this route, or none when {@code nextHop} is null. */
    public void want(IpPrefix prefix, @Nullable IpAddress nextHop) {
        if (nextHop == null) {
            wanted.remove(prefix);
        } else {
            wanted.put(prefix, nextHop);
        }
        compare(prefix);
    }

    private void compare(IpPrefix prefix) {
        if (wire == null) {
            return;
        }
        IpAddress should = wire.families().contains(prefix.family()) ? wanted.get(prefix) : null;
        Told has = told.get(prefix);
        boolean same = has == null ? should == null : !has.stale && has.nextHop.equals(should);
        if (same) {
            settle(dirty.remove(prefix));
        } else {
            differ(prefix, should != null);
        }
    }

    /** Keeps the place of a prefix that differs already. */
    private void differ(IpPrefix prefix, boolean announce) {
        settle(dirty.put(prefix, announce));
        toAnnounce += announce ? 1 : 0;
    }

    private void settle(@Nullable Boolean announced) {
        toAnnounce -= Boolean.TRUE.equals(announced) ? 1 : 0;
    }

    /** The number of the batch that will hold the last of today's differences: batches hold the oldest first. */
    private long lastBatch() {
        return batches + (dirty.size() + BATCH_ROUTES - 1) / BATCH_ROUTES;
    }

    /** A session is established: everything that is wanted is to be sent, then End-of-RIB for each family. */
    public void sessionUp(PeerSettings settings, CodecOptions codec, Set<AddressFamily> families) {
        sessionDown("a new session");
        wire = new Wire(ExportAttributes.of(settings), codec, Set.copyOf(families));
        wanted.keySet().forEach(this::compare);
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                marks.table(family, lastBatch());
            }
        }
    }

    /** The session is over: the peer has nothing any more, and nobody need wait. */
    public void sessionDown(String reason) {
        wire = null;
        told.clear();
        dirty.clear();
        toAnnounce = 0;
        marks.clear();
        packers.clear();
        unwritten.clear();
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
        for (IpPrefix prefix : wanted.keySet()) {
            if (prefix.family() == family) {
                Told has = told.get(prefix);
                if (has != null) {
                    has.stale = true;
                }
                differ(prefix, true);
            }
        }
        if (marked) {
            marks.refresh(family, lastBatch());
        }
    }

    /** Tells the ticket when all that differs now, and all that was handed out before, is written. */
    public void await(Ticket ticket, Instant now) {
        if (wire == null) {
            ticket.sessionDown("the session is down");
        } else if (dirty.isEmpty() && unwritten.isEmpty()) {
            ticket.written(now);
        } else {
            long earlier = tickets.isEmpty() ? 0 : tickets.getLast().batch(); // one that may have been undone since
            tickets.add(new Waiting(ticket, Math.max(earlier, lastBatch())));
        }
    }

    /** True when there is something to hand out. */
    public boolean isDirty() {
        return !dirty.isEmpty() || !marks.isEmpty() || isAwaitedInVain();
    }

    /**
     * Somebody waits for a batch that would never be, for what differed then was undone before it was sent. An empty
     * batch ends the wait: after all that was handed out before it, as any other does.
     */
    private boolean isAwaitedInVain() {
        return dirty.isEmpty() && !tickets.isEmpty() && tickets.getLast().batch() > batches;
    }

    /** The next write, or null when the peer has been told everything. The peer counts as told from here on. */
    public @Nullable Batch next(ByteBufAllocator allocator) {
        Wire agreed = wire;
        if (agreed == null || !isDirty()) {
            return null;
        }
        batches++;
        Map<AddressFamily, List<IpPrefix>> withdrawn = new LinkedHashMap<>();
        Map<IpAddress, List<IpPrefix>> announced = new LinkedHashMap<>();
        List<IpPrefix> all = new ArrayList<>();
        Iterator<IpPrefix> oldest = dirty.keySet().iterator();
        for (int i = 0; i < BATCH_ROUTES && oldest.hasNext(); i++) {
            IpPrefix prefix = oldest.next();
            oldest.remove();
            IpAddress nextHop = wanted.get(prefix);
            if (nextHop == null) {
                told.remove(prefix);
                withdrawn
                        .computeIfAbsent(prefix.family(), f -> new ArrayList<>())
                        .add(prefix);
            } else {
                told.put(prefix, new Told(nextHop, batches));
                announced.computeIfAbsent(nextHop, n -> new ArrayList<>()).add(prefix);
                all.add(prefix);
            }
        }
        toAnnounce -= all.size();
        return pack(allocator, agreed, withdrawn, announced, all);
    }

    private Batch pack(
            ByteBufAllocator allocator,
            Wire agreed,
            Map<AddressFamily, List<IpPrefix>> withdrawn,
            Map<IpAddress, List<IpPrefix>> announced,
            List<IpPrefix> all) {
        ByteBuf bytes = allocator.directBuffer(Math.max(256, 6 * all.size()));
        int refreshes = marks.begin(agreed.codec(), bytes);
        int updates = 0;
        for (Map.Entry<AddressFamily, List<IpPrefix>> family : withdrawn.entrySet()) {
            UpdatePacker packer = UpdatePacker.withdrawing(family.getKey(), agreed.codec());
            updates += packer.packAll(family.getValue().iterator(), bytes);
        }
        for (Map.Entry<IpAddress, List<IpPrefix>> nextHop : announced.entrySet()) {
            updates +=
                    packer(agreed, nextHop.getKey()).packAll(nextHop.getValue().iterator(), bytes);
        }
        long complete = dirty.isEmpty() ? Long.MAX_VALUE : batches;
        updates += marks.endTables(complete, bytes);
        refreshes += marks.endRefreshes(complete, agreed.codec(), bytes);
        Batch batch = new Batch(bytes, updates, refreshes, batches, all);
        unwritten.add(batch);
        return batch;
    }

    private UpdatePacker packer(Wire agreed, IpAddress nextHop) {
        if (packers.size() > 4096) {
            packers.clear(); // a cache, bounded
        }
        return packers.computeIfAbsent(nextHop, n -> UpdatePacker.announcing(agreed.attributes(), n, agreed.codec()));
    }

    /** The socket has taken this batch and all before it. */
    public void written(long number, Instant at) {
        while (!unwritten.isEmpty() && unwritten.element().number() <= number) {
            for (IpPrefix prefix : unwritten.remove().announced()) {
                Told has = told.get(prefix);
                if (has != null && has.batch <= number && has.writtenAt == null) {
                    has.writtenAt = at;
                }
            }
        }
        while (!tickets.isEmpty() && tickets.element().batch() <= number) {
            tickets.remove().ticket().written(at);
        }
    }

    /** When the socket took the route as it is wanted now; null while it hasn't. */
    public @Nullable Instant writtenAt(IpPrefix prefix) {
        Told has = told.get(prefix);
        return has == null || !has.nextHop.equals(wanted.get(prefix)) ? null : has.writtenAt;
    }

    public boolean isSendable(AddressFamily family) {
        return wire != null && wire.families().contains(family);
    }

    public boolean isUp() {
        return wire != null;
    }

    /** Every route that the peer should have. */
    public void forEachWanted(BiConsumer<IpPrefix, IpAddress> visitor) {
        wanted.forEach(visitor);
    }

    /** Routes told and not withdrawn. */
    public int toldCount() {
        return told.size();
    }

    /** Routes wanted that the peer has not been told yet. */
    public int pendingCount() {
        return wire == null ? wanted.size() : toAnnounce;
    }
}
