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
    private static final Path ANY_PATH = new Path(IpAddress.v4(1), null);

    /** Places in one write: enough to fill messages, few enough that the first bytes leave while the rest is packed. */
    static final int BATCH_ROUTES = 16_384;

    /** What one batch tells. */
    static final class Load {
        final List<Entry> announced = new ArrayList<>();
        private final Map<AddressFamily, List<Entry>> withdrawn = new LinkedHashMap<>();
        private final Map<Path, List<Entry>> byPath = new LinkedHashMap<>();
        private List<Entry> latest = List.of();
        private @Nullable Path latestPath;

        void withdraw(Entry entry) {
            withdrawn.computeIfAbsent(entry.family, f -> new ArrayList<>()).add(entry);
        }

        void announce(Entry entry, Path path) {
            if (!path.equals(latestPath)) {
                latest = byPath.computeIfAbsent(path, p -> new ArrayList<>());
                latestPath = path;
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
    private final Map<Path, UpdatePacker> packers = new HashMap<>();

    Wire(PeerSettings settings, CodecOptions codec, Set<AddressFamily> families) {
        this.settings = settings;
        this.codec = codec;
        this.attributes = ExportAttributes.of(settings);
        this.ipv4 = families.contains(AddressFamily.IPV4);
        this.ipv6 = families.contains(AddressFamily.IPV6);
        int fill = packer(ANY_PATH).hostRoutes();
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
        return 256 + 6 * load.announced.size() + 64 * load.byPath.size();
    }

    /** Writes withdrawals, then announcements; gives the number of UPDATEs. */
    int write(Load load, ByteBuf out) {
        int updates = 0;
        for (Map.Entry<AddressFamily, List<Entry>> family : load.withdrawn.entrySet()) {
            UpdatePacker packer = UpdatePacker.withdrawing(family.getKey(), codec);
            updates += packer.packAll(prefixes(family.getValue()), out);
        }
        for (Map.Entry<Path, List<Entry>> path : load.byPath.entrySet()) {
            updates += packer(path.getKey()).packAll(prefixes(path.getValue()), out);
        }
        return updates;
    }

    private UpdatePacker packer(Path path) {
        if (packers.size() > MOST_PACKERS) {
            packers.clear(); // a cache, bounded
        }
        return packers.computeIfAbsent(
                path, p -> UpdatePacker.announcing(ExportAttributes.with(attributes, p), p.nextHop(), codec));
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
