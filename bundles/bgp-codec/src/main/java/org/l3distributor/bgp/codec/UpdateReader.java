// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpPrefix;

/** Reads an UPDATE in full, once it has been judged: what is left to do can't fail. */
final class UpdateReader {
    private final ByteBuf body;
    private final CodecOptions options;
    private final List<PathAttribute> attributes = new ArrayList<>();
    private PathAttribute.@Nullable AsPath as4Path;
    private PathAttribute.@Nullable Aggregator as4Aggregator;

    private UpdateReader(ByteBuf body, CodecOptions options) {
        this.body = body;
        this.options = options;
    }

    static UpdateMessage read(ByteBuf body, CodecOptions options, InboundUpdate verdict) {
        UpdateLayout layout = UpdateLayout.of(body);
        if (layout == null) {
            throw new IllegalStateException("an UPDATE is judged before it is read");
        }
        UpdateReader reader = new UpdateReader(body, options);
        List<IpPrefix> withdrawn = Nlri.read(body, UpdateLayout.WITHDRAWN, layout.withdrawnEnd(), AddressFamily.IPV4);
        List<IpPrefix> announced = Nlri.read(body, layout.attributesEnd(), layout.end(), AddressFamily.IPV4);
        if (verdict.treatment() == Treatment.TREAT_AS_WITHDRAW) {
            reader.attributes(layout, true);
            withdrawn.addAll(announced);
            return reader.asWithdrawals(withdrawn);
        }
        reader.attributes(layout, false);
        return new UpdateMessage(withdrawn, new PathAttributes(reader.merged()), announced);
    }

    private void attributes(UpdateLayout layout, boolean multiprotocolOnly) {
        AttributeCursor cursor = new AttributeCursor(body, layout);
        BitSet seen = new BitSet();
        while (cursor.advance()) {
            AttributeRule rule = AttributeRule.of(cursor.type());
            boolean first = !seen.get(cursor.type());
            seen.set(cursor.type());
            boolean wanted = (rule != null && rule.isMultiprotocol()) || !multiprotocolOnly;
            if (first && wanted && (rule == null || multiprotocolOnly || isGood(rule, cursor))) {
                attribute(rule, cursor);
            }
        }
    }

    private boolean isGood(AttributeRule rule, AttributeCursor cursor) {
        return AttributeSyntax.fault(rule, body, cursor, options) == null;
    }

    private void attribute(@Nullable AttributeRule rule, AttributeCursor cursor) {
        if (rule == AttributeRule.AS4_PATH) {
            as4Path = new PathAttribute.AsPath(AsPathSyntax.read(body, cursor.value(), cursor.end(), 4));
        } else if (rule == AttributeRule.AS4_AGGREGATOR) {
            as4Aggregator = AttributeReader.aggregator(body, cursor.value(), 4);
        } else {
            attributes.add(AttributeReader.read(rule, body, cursor, options));
        }
    }

    /** RFC 6793 section 4.2.3: the four-octet attributes count unless AGGREGATOR shows that one router dropped them. */
    private List<PathAttribute> merged() {
        boolean stale = as4Aggregator != null
                && attributes.stream()
                        .anyMatch(a -> a instanceof PathAttribute.Aggregator old
                                && !old.as().equals(AsNumber.TRANS));
        if (!stale) {
            attributes.replaceAll(this::merge);
        }
        return attributes;
    }

    private PathAttribute merge(PathAttribute attribute) {
        if (attribute instanceof PathAttribute.AsPath two && as4Path != null) {
            return new PathAttribute.AsPath(AsPathSyntax.merge(two.segments(), as4Path.segments()));
        }
        boolean aggregator = attribute instanceof PathAttribute.Aggregator;
        return aggregator && as4Aggregator != null ? as4Aggregator : attribute;
    }

    /** Treat-as-withdraw (RFC 7606 section 2): what was to be announced is withdrawn instead. */
    private UpdateMessage asWithdrawals(List<IpPrefix> withdrawn) {
        List<IpPrefix> ipv6 = new ArrayList<>();
        for (PathAttribute attribute : attributes) {
            List<IpPrefix> routes = List.of();
            if (attribute instanceof PathAttribute.MpReach reach) {
                routes = reach.announced();
            } else if (attribute instanceof PathAttribute.MpUnreach unreach) {
                routes = unreach.withdrawn();
            }
            routes.forEach(route -> (route.family() == AddressFamily.IPV4 ? withdrawn : ipv6).add(route));
        }
        PathAttributes kept = ipv6.isEmpty()
                ? PathAttributes.NONE
                : PathAttributes.of(new PathAttribute.MpUnreach(AfiSafi.IPV6_UNICAST, ipv6));
        return new UpdateMessage(withdrawn, kept, List.of());
    }
}
