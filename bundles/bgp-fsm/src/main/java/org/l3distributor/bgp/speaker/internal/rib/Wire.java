// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.codec.UpdatePacker;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What a session has agreed on, and how routes are written for it. */
final class Wire {
    private static final int MOST_PACKERS = 4096;
    private static final IpAddress ANY_NEXT_HOP = IpAddress.v4(1);

    /** Places in one write: enough to fill messages, few enough that the first bytes leave while the rest is packed. */
    static final int BATCH_ROUTES = 16_384;

    /** What one batch tells. */
    static final class Load {
        final List<Entry> announced = new ArrayList<>();
        private final Map<AddressFamily, List<Entry>> withdrawn = new LinkedHashMap<>();
        private final Map<IpAddress, List<Entry>> byNextHop = new LinkedHashMap<>();
        private List<Entry> latest = List.of();
        private @Nullable IpAddress latestNextHop;

        void withdraw(Entry entry) {
            withdrawn.computeIfAbsent(entry.family, f -> new ArrayList<>()).add(entry);
        }

        void announce(Entry entry, IpAddress nextHop) {
            if (!nextHop.equals(latestNextHop)) {
                latest = byNextHop.computeIfAbsent(nextHop, n -> new ArrayList<>());
                latestNextHop = nextHop;
            }
            latest.add(entry);
            announced.add(entry);
        }
    }

    final CodecOptions codec;

    /** Places of a table that go into one batch. */
    final int batchRoutes;

    private final PeerSettings settings;
    private final PathAttributes attributes;
    private final boolean ipv4;
    private final boolean ipv6;
    private final Map<IpAddress, UpdatePacker> packers = new HashMap<>();

    Wire(PeerSettings settings, CodecOptions codec, Set<AddressFamily> families) {
        this.settings = settings;
        this.codec = codec;
        this.attributes = ExportAttributes.of(settings);
        this.ipv4 = families.contains(AddressFamily.IPV4);
        this.ipv6 = families.contains(AddressFamily.IPV6);
        int fill = packer(ANY_NEXT_HOP).hostRoutes();
        this.batchRoutes = Math.max(fill, BATCH_ROUTES / fill * fill); // whole messages, of IPv4 routes at least
    }

    boolean carries(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    boolean sends(IpPrefix prefix, IpAddress nextHop) {
        return carries(prefix.family()) && ExportRules.objection(settings, prefix, nextHop) == null;
    }

    /** Octets that will be enough, mostly. */
    static int room(Load load) {
        return 256 + 6 * load.announced.size() + 64 * load.byNextHop.size();
    }

    /** Writes withdrawals, then announcements; gives the number of UPDATEs. */
    int write(Load load, ByteBuf out) {
        int updates = 0;
        for (Map.Entry<AddressFamily, List<Entry>> family : load.withdrawn.entrySet()) {
            UpdatePacker packer = UpdatePacker.withdrawing(family.getKey(), codec);
            updates += packer.packAll(prefixes(family.getValue()), out);
        }
        for (Map.Entry<IpAddress, List<Entry>> nextHop : load.byNextHop.entrySet()) {
            updates += packer(nextHop.getKey()).packAll(prefixes(nextHop.getValue()), out);
        }
        return updates;
    }

    private UpdatePacker packer(IpAddress nextHop) {
        if (packers.size() > MOST_PACKERS) {
            packers.clear(); // a cache, bounded
        }
        return packers.computeIfAbsent(nextHop, n -> UpdatePacker.announcing(attributes, n, codec));
    }

    private static Iterator<IpPrefix> prefixes(List<Entry> entries) {
        Iterator<Entry> each = entries.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public IpPrefix next() {
                return each.next().prefix;
            }
        };
    }
}
