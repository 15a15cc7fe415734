// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.bgp.message.Community;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

final class UpdatePackerTest {
    private static final CodecOptions OPTIONS = Samples.FULL;
    private static final IpAddress HOP4 = IpAddress.parse("192.0.2.99");
    private static final IpAddress HOP6 = IpAddress.parse("2001:db8::99");
    private static final PathAttributes ATTRIBUTES = PathAttributes.of(
            new PathAttribute.LocalPref(100),
            PathAttribute.Origin.IGP,
            PathAttribute.AsPath.sequence(List.of(new AsNumber(4200000000L))));

    @Test
    void hundredThousandHostRoutes_fitAHundredAndTwentyFiveMessages() {
        List<IpPrefix> routes = hosts4(100_000);
        ByteBuf out = Unpooled.buffer();

        int messages = UpdatePacker.announcing(ATTRIBUTES, HOP4, OPTIONS).packAll(routes.iterator(), out);

        assertThat(messages).isLessThanOrEqualTo(125);
        assertThat(read(out, OPTIONS).stream().flatMap(update -> update.announced().stream()))
                .containsExactlyElementsOf(routes);
    }

    @Test
    void ipv4Announcement_hasItsAttributesInAscendingOrder() {
        UpdateMessage update = only(UpdatePacker.announcing(ATTRIBUTES, HOP4, OPTIONS), hosts4(3));

        assertThat(update.attributes().list())
                .extracting(PathAttribute::typeCode)
                .containsExactly(1, 2, 3, 5);
        assertThat(update.attributes().find(PathAttribute.NextHop.class)).contains(new PathAttribute.NextHop(HOP4));
        assertThat(update.announced()).isEqualTo(hosts4(3));
    }

    @Test
    void ipv6Announcement_beginsWithMpReachAndItsGlobalNextHop() {
        UpdateMessage update = only(UpdatePacker.announcing(ATTRIBUTES, HOP6, OPTIONS), hosts6(3));

        assertThat(update.attributes().list())
                .extracting(PathAttribute::typeCode)
                .containsExactly(14, 1, 2, 5);
        assertThat(update.attributes().list().get(0))
                .isEqualTo(new PathAttribute.MpReach(AfiSafi.IPV6_UNICAST, List.of(HOP6), hosts6(3)));
        assertThat(update.announced()).isEmpty();
    }

    @Test
    void ipv4Withdrawal_usesTheWithdrawnRoutesField() {
        UpdateMessage update = only(UpdatePacker.withdrawing(AddressFamily.IPV4, OPTIONS), hosts4(3));

        assertThat(update).isEqualTo(new UpdateMessage(hosts4(3), PathAttributes.NONE, List.of()));
    }

    @Test
    void ipv6Withdrawal_usesMpUnreach() {
        UpdateMessage update = only(UpdatePacker.withdrawing(AddressFamily.IPV6, OPTIONS), hosts6(3));

        assertThat(update.attributes())
                .isEqualTo(PathAttributes.of(new PathAttribute.MpUnreach(AfiSafi.IPV6_UNICAST, hosts6(3))));
    }

    @Test
    void manyRoutes_ofEveryKindAndLength_comeBackInOrderInFullMessages() {
        Random random = new Random(4760);
        for (CodecOptions options : List.of(OPTIONS, OPTIONS.withExtendedMessages(true))) {
            for (IpAddress hop : List.of(HOP4, HOP6)) {
                List<IpPrefix> routes = mixed(random, hop.family(), 20_000);
                ByteBuf out = Unpooled.buffer();

                UpdatePacker.announcing(ATTRIBUTES, hop, options).packAll(routes.iterator(), out);
                int announced = out.writerIndex();
                UpdatePacker.withdrawing(hop.family(), options).packAll(routes.iterator(), out);

                assertThat(announcedIn(read(out.slice(0, announced), options))).isEqualTo(routes);
                assertThat(withdrawnIn(read(out.slice(announced, out.writerIndex() - announced), options)))
                        .isEqualTo(routes);
            }
        }
    }

    @Test
    void packOne_takesOnlyWhatItWrites() {
        UpdatePacker packer = UpdatePacker.announcing(ATTRIBUTES, HOP4, OPTIONS);
        Iterator<IpPrefix> routes = hosts4(1000).iterator();
        ByteBuf out = Unpooled.buffer();

        int first = packer.packOne(routes, out);
        int second = packer.packOne(routes, out);

        assertThat(first).isEqualTo(809); // 4096 octets less 23 and 27 of attributes, 5 a route
        assertThat(second).isEqualTo(191);
        assertThat(packer.packOne(routes, out)).isZero();
        assertThat(read(out, OPTIONS)).hasSize(2);
    }

    @Test
    void noRoute_writesNothing() {
        ByteBuf out = Unpooled.buffer();

        assertThat(UpdatePacker.withdrawing(AddressFamily.IPV6, OPTIONS).packAll(Collections.emptyIterator(), out))
                .isZero();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void routeOfAnotherFamily_isRefusedAndLeavesNothingBehind() {
        ByteBuf out = Unpooled.buffer().writeByte(1);
        UpdatePacker packer = UpdatePacker.announcing(ATTRIBUTES, HOP4, OPTIONS);

        assertThatThrownBy(() -> packer.packOne(hosts6(1).iterator(), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IPV4");
        assertThat(out.writerIndex()).isEqualTo(1);
    }

    @Test
    void attributesThatFillTheMessage_areRefusedAtOnce() {
        List<Community> many = IntStream.range(0, 1020).mapToObj(Community::new).toList();
        PathAttributes attributes = PathAttributes.of(new PathAttribute.Communities(many));

        assertThatThrownBy(() -> UpdatePacker.announcing(attributes, HOP4, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(only(
                                UpdatePacker.announcing(attributes, HOP4, OPTIONS.withExtendedMessages(true)),
                                hosts4(1),
                                OPTIONS.withExtendedMessages(true))
                        .withdrawn())
                .hasSize(1); // readable; treated as withdrawn for want of ORIGIN
    }

    @Test
    void nextHopAmongTheAttributes_isRefused() {
        PathAttributes attributes = PathAttributes.of(new PathAttribute.NextHop(HOP4));

        assertThatThrownBy(() -> UpdatePacker.announcing(attributes, HOP4, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fourOctetAs_toATwoOctetPeer_goesIntoAs4Path() {
        CodecOptions twoOctets = OPTIONS.withFourOctetAs(false);
        ByteBuf out = Unpooled.buffer();
        UpdatePacker.announcing(ATTRIBUTES, HOP4, twoOctets).packAll(hosts4(1).iterator(), out);

        UpdateMessage update = read(out, twoOctets).get(0);

        assertThat(update.attributes().find(PathAttribute.AsPath.class))
                .contains(PathAttribute.AsPath.sequence(List.of(new AsNumber(4200000000L))));
        assertThat(ByteBufUtil.hexDump(out)).contains("40020402015ba0").contains("c011060201fa56ea00");
    }

    @Test
    void longAsPath_isSplitByItsMaker_andReadBackByBothKindsOfSpeaker() {
        List<AsNumber> full = Collections.nCopies(255, new AsNumber(4200000000L));
        PathAttribute.AsPath path = new PathAttribute.AsPath(List.of(
                new AsSegment(AsSegment.SEQUENCE, full), new AsSegment(AsSegment.SEQUENCE, full.subList(0, 20))));
        PathAttributes attributes = PathAttributes.of(PathAttribute.Origin.IGP, path);
        for (boolean four : new boolean[] {true, false}) {
            CodecOptions options = OPTIONS.withFourOctetAs(four);
            UpdateMessage update = only(UpdatePacker.announcing(attributes, HOP6, options), hosts6(1), options);

            assertThat(update.attributes().find(PathAttribute.AsPath.class)).contains(path);
        }
    }

    private static UpdateMessage only(UpdatePacker packer, List<IpPrefix> routes) {
        return only(packer, routes, OPTIONS);
    }

    private static UpdateMessage only(UpdatePacker packer, List<IpPrefix> routes, CodecOptions options) {
        ByteBuf out = Unpooled.buffer();
        assertThat(packer.packAll(routes.iterator(), out)).isEqualTo(1);
        return read(out, options).get(0);
    }

    private static List<UpdateMessage> read(ByteBuf in, CodecOptions options) {
        List<UpdateMessage> updates = new ArrayList<>();
        int at = in.readerIndex();
        while (at < in.writerIndex()) {
            int length = in.getUnsignedShort(at + 16);
            assertThat(length).isLessThanOrEqualTo(options.maxMessageLength());
            Decoded decoded = BgpDecoder.decodeInFull(in.slice(at, length), options);
            assertThat(decoded).isInstanceOf(Decoded.Message.class);
            updates.add((UpdateMessage) ((Decoded.Message) decoded).message());
            at += length;
        }
        return updates;
    }

    private static List<IpPrefix> announcedIn(List<UpdateMessage> updates) {
        List<IpPrefix> routes = new ArrayList<>();
        for (UpdateMessage update : updates) {
            routes.addAll(update.announced());
            update.attributes().find(PathAttribute.MpReach.class).ifPresent(reach -> routes.addAll(reach.announced()));
        }
        return routes;
    }

    private static List<IpPrefix> withdrawnIn(List<UpdateMessage> updates) {
        List<IpPrefix> routes = new ArrayList<>();
        for (UpdateMessage update : updates) {
            routes.addAll(update.withdrawn());
            update.attributes()
                    .find(PathAttribute.MpUnreach.class)
                    .ifPresent(unreach -> routes.addAll(unreach.withdrawn()));
        }
        return routes;
    }

    private static List<IpPrefix> mixed(Random random, AddressFamily family, int count) {
        List<IpPrefix> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] address = new byte[family.bytes()];
            random.nextBytes(address);
            int length = random.nextInt(family.bits() + 1);
            routes.add(new IpPrefix(IpAddress.of(address).masked(length), length));
        }
        return routes;
    }

    private static List<IpPrefix> hosts4(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.host(IpAddress.v4(0x0A000000 + i)))
                .toList();
    }

    private static List<IpPrefix> hosts6(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.host(IpAddress.v6(0x20010db800000000L, i)))
                .toList();
    }
}
