// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.l3distributor.bgp.codec.BgpDecoder;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.codec.Decoded;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** The other end of the wire: keeps the table that the bytes make, and the words in their order. */
final class Receiver {
    final Map<IpPrefix, IpAddress> table = new LinkedHashMap<>();
    /** What is said of the next hops of the table, in bytes per second. */
    final Map<IpPrefix, Double> bandwidths = new LinkedHashMap<>();
    /** "+ prefix", "- prefix", "End-of-RIB family", "BoRR family", "EoRR family". */
    final List<String> words = new ArrayList<>();

    int updates;
    private final CodecOptions options;

    Receiver(CodecOptions options) {
        this.options = options;
    }

    /** Reads a batch to its end and releases it. */
    void read(Batch batch) {
        ByteBuf bytes = batch.bytes();
        while (bytes.isReadable()) {
            int length = bytes.getUnsignedShort(bytes.readerIndex() + 16);
            Decoded decoded = BgpDecoder.decodeInFull(bytes.readSlice(length), options);
            assertThat(decoded).isInstanceOf(Decoded.Message.class);
            take(((Decoded.Message) decoded).message());
        }
        bytes.release();
    }

    private void take(BgpMessage message) {
        if (message instanceof RouteRefreshMessage mark) {
            words.add((mark.subtype() == RouteRefreshMessage.BEGIN ? "BoRR " : "EoRR ") + mark.family());
        } else if (message instanceof UpdateMessage update) {
            updates++;
            take(update);
        } else {
            throw new AssertionError("no message of a table: " + message);
        }
    }

    private void take(UpdateMessage update) {
        PathAttributes attributes = update.attributes();
        if (update.announced().isEmpty()
                && update.withdrawn().isEmpty()
                && attributes.list().isEmpty()) {
            words.add("End-of-RIB ipv4-unicast");
        }
        withdraw(update.withdrawn());
        attributes.find(PathAttribute.MpUnreach.class).ifPresent(gone -> {
            if (gone.withdrawn().isEmpty()) {
                words.add("End-of-RIB " + gone.family());
            }
            withdraw(gone.withdrawn());
        });
        OptionalDouble bandwidth = attributes
                .find(PathAttribute.ExtendedCommunities.class)
                .map(said -> said.values().get(0).linkBandwidth())
                .orElse(OptionalDouble.empty());
        attributes
                .find(PathAttribute.NextHop.class)
                .ifPresent(hop -> announce(update.announced(), hop.address(), bandwidth));
        attributes
                .find(PathAttribute.MpReach.class)
                .ifPresent(reach -> announce(reach.announced(), reach.nextHops().get(0), bandwidth));
    }

    private void announce(List<IpPrefix> prefixes, IpAddress nextHop, OptionalDouble bandwidth) {
        for (IpPrefix prefix : prefixes) {
            table.put(prefix, nextHop);
            bandwidths.remove(prefix);
            bandwidth.ifPresent(said -> bandwidths.put(prefix, said));
            words.add("+ " + prefix);
        }
    }

    private void withdraw(List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            assertThat(table.remove(prefix))
                    .as("the peer was told of " + prefix)
                    .isNotNull();
            bandwidths.remove(prefix);
            words.add("- " + prefix);
        }
    }
}
