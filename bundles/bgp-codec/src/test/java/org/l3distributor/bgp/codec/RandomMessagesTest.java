// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Community;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.message.LargeCommunity;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.RouterId;

/** Whatever can be said comes back as it was said. The randomness is seeded. */
final class RandomMessagesTest {
    private final Random random = new Random(9072);

    @Test
    void opens_comeBackAsTheyWere() {
        comesBack(2000, this::open, Samples.FULL);
    }

    @Test
    void updates_toFourOctetSpeakers_comeBackAsTheyWere() {
        comesBack(2000, this::update, Samples.FULL.withExtendedMessages(true));
    }

    @Test
    void updates_toTwoOctetSpeakers_comeBackAsTheyWere() {
        comesBack(2000, this::update, Samples.FULL.withFourOctetAs(false).withExtendedMessages(true));
    }

    @Test
    void notifications_comeBackAsTheyWere() {
        comesBack(500, () -> new NotificationMessage(below(256), below(256), octets(100)), Samples.FULL);
    }

    @Test
    void routeRefreshes_comeBackAsTheyWere() {
        comesBack(500, () -> new RouteRefreshMessage(family(), below(256)), Samples.FULL);
    }

    private static void comesBack(int rounds, Supplier<BgpMessage> messages, CodecOptions options) {
        for (int round = 0; round < rounds; round++) {
            BgpMessage message = messages.get();
            byte[] octets = Samples.encode(message, options);
            Decoded decoded = BgpDecoder.decodeInFull(Unpooled.wrappedBuffer(octets), options);
            assertThat(decoded).isEqualTo(new Decoded.Message(message));
        }
    }

    private BgpMessage open() {
        AsNumber as = as();
        List<Capability> capabilities = listOf(40, this::capability);
        if (as.isFourOctet()) {
            capabilities.add(new Capability.FourOctetAs(as));
        }
        return OpenMessage.of(as, below(2) * (3 + below(65533)), new RouterId(1 + below(1 << 30)), capabilities);
    }

    private Capability capability() {
        return switch (below(8)) {
            case 0 -> new Capability.Multiprotocol(family());
            case 1 -> new Capability.RouteRefresh();
            case 2 -> new Capability.EnhancedRouteRefresh();
            case 3 -> new Capability.ExtendedMessage();
            case 4 ->
                new Capability.GracefulRestart(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        below(4096),
                        listOf(9, () -> new Capability.GracefulRestart.Family(family(), random.nextBoolean())));
            case 5 -> new Capability.AddPath(listOf(9, () -> new Capability.AddPath.Entry(family(), below(256))));
            case 6 ->
                new Capability.ExtendedNextHop(
                        listOf(9, () -> new Capability.ExtendedNextHop.Entry(family(), below(65536))));
            default -> new Capability.UnknownCapability(128 + below(128), octets(40));
        };
    }

    private BgpMessage update() {
        List<PathAttribute> attributes = new ArrayList<>();
        maybe(
                attributes,
                () -> new PathAttribute.MpReach(
                        AfiSafi.IPV6_UNICAST, List.of(address(AddressFamily.IPV6)), listOf(60, this::ipv6)));
        maybe(attributes, () -> new PathAttribute.MpUnreach(AfiSafi.IPV6_UNICAST, listOf(60, this::ipv6)));
        attributes.add(PathAttribute.Origin.values()[below(3)]);
        attributes.add(new PathAttribute.AsPath(listOf(4, this::segment)));
        attributes.add(new PathAttribute.NextHop(IpAddress.v4(0x0A000000 + below(1 << 20))));
        maybe(attributes, () -> new PathAttribute.MultiExitDisc(random.nextInt() & 0xFFFFFFFFL));
        maybe(attributes, () -> new PathAttribute.LocalPref(random.nextInt() & 0xFFFFFFFFL));
        maybe(attributes, PathAttribute.AtomicAggregate::new);
        maybe(attributes, () -> new PathAttribute.Aggregator(as(), address(AddressFamily.IPV4)));
        maybe(attributes, () -> new PathAttribute.Communities(some(99, () -> new Community(random.nextInt()))));
        maybe(
                attributes,
                () -> new PathAttribute.ExtendedCommunities(some(50, () -> new ExtendedCommunity(random.nextLong()))));
        maybe(
                attributes,
                () -> new PathAttribute.LargeCommunities(
                        some(30, () -> new LargeCommunity(random.nextInt(), random.nextInt(), random.nextInt()))));
        maybe(attributes, () -> new PathAttribute.UnknownAttribute(0xC0, 100 + below(100), octets(400)));
        return new UpdateMessage(listOf(60, this::ipv4), new PathAttributes(attributes), listOf(60, this::ipv4));
    }

    private AsSegment segment() {
        return new AsSegment(AsSegment.SET + below(2), some(255, this::as));
    }

    private AsNumber as() {
        long value = random.nextBoolean() ? 1 + below(65000) : random.nextInt() & 0xFFFFFFFFL;
        return new AsNumber(value == 0 || value == AsNumber.TRANS.value() ? 1 : value);
    }

    private IpPrefix ipv4() {
        return prefix(AddressFamily.IPV4);
    }

    private IpPrefix ipv6() {
        return prefix(AddressFamily.IPV6);
    }

    private IpPrefix prefix(AddressFamily family) {
        int length = random.nextBoolean() ? family.bits() : below(family.bits() + 1);
        return new IpPrefix(address(family).masked(length), length);
    }

    private IpAddress address(AddressFamily family) {
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    private AfiSafi family() {
        return switch (below(3)) {
            case 0 -> AfiSafi.IPV4_UNICAST;
            case 1 -> AfiSafi.IPV6_UNICAST;
            default -> new AfiSafi(below(65536), below(256));
        };
    }

    private Octets octets(int max) {
        byte[] bytes = new byte[below(max + 1)];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private void maybe(List<PathAttribute> attributes, Supplier<PathAttribute> attribute) {
        if (random.nextBoolean()) {
            attributes.add(attribute.get());
        }
    }

    private <T> List<T> some(int max, Supplier<T> one) {
        List<T> list = listOf(max - 1, one);
        list.add(one.get());
        return list;
    }

    private <T> List<T> listOf(int max, Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = below(max + 1); i > 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }
}
