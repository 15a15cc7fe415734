// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Community;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.LargeCommunity;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.RouterId;

/** The messages of the annotated hex files in src/test/resources/messages, by file name. */
final class Samples {
    static final CodecOptions FULL = CodecOptions.BEFORE_OPEN
            .withFourOctetAs(true)
            .withInternal(true)
            .withFamilies(Set.of(AfiSafi.IPV4_UNICAST, AfiSafi.IPV6_UNICAST));

    private static final AsNumber BIG = new AsNumber(4200000000L);

    private Samples() {}

    static Map<String, BgpMessage> all() {
        Map<String, BgpMessage> samples = new LinkedHashMap<>();
        samples.put("keepalive", KeepaliveMessage.INSTANCE);
        samples.put("open-plain", OpenMessage.of(as(65000), 180, RouterId.parse("192.0.2.1"), List.of()));
        samples.put("open-capabilities", open());
        samples.put("notification-shutdown", NotificationMessage.administrativeShutdown("maäh!"));
        samples.put(
                "notification-bad-length",
                NotificationMessage.of(BgpError.BAD_MESSAGE_LENGTH, Octets.of((byte) 0, (byte) 18)));
        samples.put("notification-unassigned", new NotificationMessage(99, 7, Octets.EMPTY));
        samples.put("route-refresh", new RouteRefreshMessage(AfiSafi.IPV6_UNICAST, RouteRefreshMessage.BEGIN));
        samples.put("end-of-rib-ipv4", UpdateMessage.endOfRib(AfiSafi.IPV4_UNICAST));
        samples.put("end-of-rib-ipv6", UpdateMessage.endOfRib(AfiSafi.IPV6_UNICAST));
        samples.put("update-ipv4", ipv4());
        samples.put("update-two-octet", twoOctet());
        samples.put("update-ipv6", ipv6());
        return samples;
    }

    /** What was agreed when the sample was sent. */
    static CodecOptions options(String name) {
        return FULL.withFourOctetAs(!name.equals("update-two-octet"));
    }

    private static BgpMessage open() {
        return OpenMessage.of(
                BIG,
                9,
                RouterId.parse("192.0.2.1"),
                List.of(
                        new Capability.Multiprotocol(AfiSafi.IPV4_UNICAST),
                        new Capability.Multiprotocol(AfiSafi.IPV6_UNICAST),
                        new Capability.RouteRefresh(),
                        new Capability.EnhancedRouteRefresh(),
                        new Capability.FourOctetAs(BIG),
                        new Capability.ExtendedMessage(),
                        new Capability.GracefulRestart(
                                true,
                                false,
                                123,
                                List.of(
                                        new Capability.GracefulRestart.Family(AfiSafi.IPV4_UNICAST, true),
                                        new Capability.GracefulRestart.Family(AfiSafi.IPV6_UNICAST, false))),
                        new Capability.GracefulRestart(false, true, 0, List.of()),
                        new Capability.AddPath(List.of(
                                new Capability.AddPath.Entry(AfiSafi.IPV4_UNICAST, 2),
                                new Capability.AddPath.Entry(AfiSafi.IPV6_UNICAST, 3))),
                        new Capability.ExtendedNextHop(
                                List.of(new Capability.ExtendedNextHop.Entry(AfiSafi.IPV4_UNICAST, 2))),
                        new Capability.UnknownCapability(73, Octets.ofHex("0161"))));
    }

    private static BgpMessage ipv4() {
        return new UpdateMessage(
                List.of(IpPrefix.parse("198.51.100.7/32")),
                PathAttributes.of(
                        PathAttribute.Origin.IGP,
                        PathAttribute.AsPath.sequence(List.of(BIG)),
                        new PathAttribute.NextHop(IpAddress.parse("192.0.2.99")),
                        new PathAttribute.MultiExitDisc(10),
                        new PathAttribute.LocalPref(200),
                        new PathAttribute.Communities(
                                List.of(new Community(65000 << 16 | 100), Community.GRACEFUL_SHUTDOWN)),
                        new PathAttribute.LargeCommunities(List.of(new LargeCommunity((int) 4200000000L, 1, 2)))),
                List.of(IpPrefix.parse("203.0.113.5/32"), IpPrefix.parse("203.0.114.0/24")));
    }

    private static BgpMessage twoOctet() {
        return new UpdateMessage(
                List.of(),
                PathAttributes.of(
                        PathAttribute.Origin.INCOMPLETE,
                        PathAttribute.AsPath.sequence(List.of(BIG, as(65000))),
                        new PathAttribute.NextHop(IpAddress.parse("192.0.2.99"))),
                List.of(IpPrefix.parse("203.0.113.5/32")));
    }

    private static BgpMessage ipv6() {
        return new UpdateMessage(
                List.of(),
                PathAttributes.of(
                        new PathAttribute.MpReach(
                                AfiSafi.IPV6_UNICAST,
                                List.of(IpAddress.parse("2001:db8::99"), IpAddress.parse("fe80::99")),
                                List.of(IpPrefix.parse("2001:db8::5/128"))),
                        new PathAttribute.MpUnreach(AfiSafi.IPV6_UNICAST, List.of(IpPrefix.parse("2001:db8:1::/64"))),
                        PathAttribute.Origin.EGP,
                        new PathAttribute.AsPath(List.of(
                                new AsSegment(AsSegment.SEQUENCE, List.of(as(65000))),
                                new AsSegment(AsSegment.SET, List.of(as(65001), as(65002))))),
                        new PathAttribute.AtomicAggregate(),
                        new PathAttribute.Aggregator(as(65000), IpAddress.parse("192.0.2.1")),
                        new PathAttribute.ExtendedCommunities(List.of(new ExtendedCommunity(0x4004fde849742400L))),
                        new PathAttribute.UnknownAttribute(0xE0, 99, Octets.ofHex("abcd"))),
                List.of());
    }

    static AsNumber as(long value) {
        return new AsNumber(value);
    }

    static byte[] bytes(String name) {
        return resource("/messages/" + name + ".hex");
    }

    /** The octets of an annotated hex file: what stands behind a # is for people. */
    static byte[] resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            return hex(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static byte[] hex(String annotated) {
        String digits = annotated
                .lines()
                .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits);
    }

    static byte[] encode(BgpMessage message, CodecOptions options) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.encode(message, options, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
