// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.l3distributor.bgp.codec.BgpEncoder;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.net.AddressFamily;

/**
 * The marks that frame a whole table on the wire: End-of-RIB after the first sending (RFC 4724 section 3), and BoRR and
 * EoRR around one that was asked for (RFC 7313 section 4). An end is due with the batch that holds the last route of
 * its table; changes that come later don't put it off.
 */
final class TableMarks {
    private enum Kind {
        END_OF_RIB,
        END_OF_REFRESH
    }

    private record End(Kind kind, AddressFamily family, long batch) {}

    private final Set<AddressFamily> begins = new LinkedHashSet<>();
    private final List<End> ends = new ArrayList<>();

    void clear() {
        begins.clear();
        ends.clear();
    }

    boolean isEmpty() {
        return begins.isEmpty() && ends.isEmpty();
    }

    /** The first table of this family ends with the batch of this number. */
    void table(AddressFamily family, long lastBatch) {
        ends.add(new End(Kind.END_OF_RIB, family, lastBatch));
    }

    /** This family's table goes out again, up to the batch of this number; a sending under way begins anew. */
    void refresh(AddressFamily family, long lastBatch) {
        begins.add(family);
        ends.removeIf(end -> end.kind == Kind.END_OF_REFRESH && end.family == family);
        ends.add(new End(Kind.END_OF_REFRESH, family, lastBatch));
    }

    /** Writes what goes before any route; gives the number of ROUTE-REFRESH messages. */
    int begin(CodecOptions codec, ByteBuf out) {
        int written = begins.size();
        for (AddressFamily family : begins) {
            refreshMark(family, RouteRefreshMessage.BEGIN, codec, out);
        }
        begins.clear();
        return written;
    }

    /** Writes the End-of-RIBs that are due after this batch; gives their number. */
    int endTables(long batch, ByteBuf out) {
        return take(Kind.END_OF_RIB, batch, family -> BgpEncoder.endOfRib(AfiSafi.unicast(family), out));
    }

    /** Writes the ends of refreshes that are due after this batch; gives the number of ROUTE-REFRESH messages. */
    int endRefreshes(long batch, CodecOptions codec, ByteBuf out) {
        return take(Kind.END_OF_REFRESH, batch, family -> refreshMark(family, RouteRefreshMessage.END, codec, out));
    }

    private int take(Kind kind, long batch, Consumer<AddressFamily> write) {
        List<End> due = ends.stream()
                .filter(end -> end.kind == kind && end.batch <= batch)
                .toList();
        due.forEach(end -> write.accept(end.family));
        ends.removeAll(due);
        return due.size();
    }

    private static void refreshMark(AddressFamily family, int subtype, CodecOptions codec, ByteBuf out) {
        BgpEncoder.encode(new RouteRefreshMessage(AfiSafi.unicast(family), subtype), codec, out);
    }
}
