// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.loadbalancer.internal.Facts.HOP4;
import static org.l3distributor.loadbalancer.internal.Facts.HOP6;
import static org.l3distributor.loadbalancer.internal.Facts.LB;
import static org.l3distributor.loadbalancer.internal.Facts.MAC;
import static org.l3distributor.loadbalancer.internal.Facts.VIP4;
import static org.l3distributor.loadbalancer.internal.Facts.VIP6;
import static org.l3distributor.loadbalancer.internal.Facts.dead;
import static org.l3distributor.loadbalancer.internal.Facts.front;
import static org.l3distributor.loadbalancer.internal.Facts.haproxy;
import static org.l3distributor.loadbalancer.internal.Facts.ip;
import static org.l3distributor.loadbalancer.internal.Facts.namespace;
import static org.l3distributor.loadbalancer.internal.Facts.network;
import static org.l3distributor.loadbalancer.internal.Facts.running;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.NamespaceSnapshot;

class ServingTest {
    private static final HaproxySnapshot BOTH = haproxy(running(LB, VIP4, VIP6));

    private static OwnVip vip4(NamespaceSnapshot namespace, HaproxySnapshot haproxy) {
        return Serving.of(namespace, haproxy, Members.NOT_ASKED, Set.of()).get(0);
    }

    private static void assertNotServed(OwnVip own, String reason) {
        assertThat(own.served()).isFalse();
        assertThat(own.reason()).contains(reason);
    }

    @Test
    void vipsOnLo_withAFrontEndAndARunningHaproxy_areServedWithTheFrontEndsAddresses() {
        assertThat(Serving.of(namespace(), BOTH, Members.NOT_ASKED, Set.of()))
                .containsExactly(new OwnVip(VIP4, HOP4, true, "served"), new OwnVip(VIP6, HOP6, true, "served"));
    }

    @Test
    void noFrontEnd_servesNothing() {
        assertNotServed(vip4(namespace(Set.of(VIP4, VIP6)), BOTH), "no front-end interface is plugged");
    }

    @Test
    void aVipWithoutANextHopOfItsFamily_isNotServed_andTheOtherIs() {
        NamespaceSnapshot onlyIpv4 = namespace(Set.of(VIP4, VIP6), front(Facts.UP, network("10.20.0.0/24", HOP4)));
        List<OwnVip> own = Serving.of(onlyIpv4, BOTH, Members.NOT_ASKED, Set.of());
        assertThat(own.get(0).served()).isTrue();
        assertNotServed(own.get(1), "no IPv6 next hop");
        assertThat(own.get(1).nextHop()).isNull();
    }

    @Test
    void aVipThatIsNotOnLo_isNotServed() {
        assertNotServed(vip4(namespace(Set.of(VIP6), front()), BOTH), "203.0.113.10 is not on lo of amphora-haproxy");
    }

    @Test
    void aFrontEndThatIsDown_orWithoutCarrier_orGone_servesNothing() {
        Link down = new Link(3, "eth1", false, false, MAC.text(), 1500);
        Link silent = new Link(3, "eth1", true, false, MAC.text(), 1500);
        assertNotServed(
                vip4(namespace(Set.of(VIP4), front(down, network("10.20.0.0/24", HOP4))), BOTH), "eth1 is down");
        assertNotServed(
                vip4(namespace(Set.of(VIP4), front(silent, network("10.20.0.0/24", HOP4))), BOTH), "no carrier");
        assertNotServed(vip4(namespace(Set.of(VIP4), front(null, network("10.20.0.0/24", HOP4))), BOTH), "is missing");
    }

    @Test
    void aDeadHaproxy_isSaidByAddressAndPort() {
        assertNotServed(vip4(namespace(), haproxy(dead(LB, VIP4))), "HAProxy is not accepting on 203.0.113.10:80");
    }

    @Test
    void aVipThatNoListenerBinds_isNotServed() {
        assertNotServed(vip4(namespace(), haproxy(running(LB, VIP6))), "no listener of a running HAProxy binds");
        assertNotServed(vip4(namespace(), haproxy()), "no listener of a running HAProxy binds");
    }

    @Test
    void oneOfTwoHaproxies_isEnough() {
        assertThat(vip4(namespace(), haproxy(dead("lb-0", VIP4), running(LB, VIP4)))
                        .served())
                .isTrue();
    }

    @Test
    void aVipThatIsBeingTakenDown_isNotServedThoughItStillAnswers() {
        OwnVip own =
                Serving.of(namespace(), BOTH, Members.NOT_ASKED, Set.of(VIP4)).get(0);
        assertNotServed(own, "about to stop");
        assertThat(own.nextHop()).isEqualTo(HOP4);
    }

    @Test
    void nextHop_prefersTheSubnetOfTheVip_thenTheFirstOfItsFamily_thenWhatTheKernelHas() {
        NamespaceSnapshot two = namespace(
                Set.of(VIP4),
                front(Facts.UP, network("10.20.0.0/24", HOP4), network("203.0.113.0/24", ip("203.0.113.21"))));
        assertThat(Serving.nextHop(VIP4, two)).contains(ip("203.0.113.21"));
        assertThat(Serving.nextHop(ip("198.51.100.1"), two)).contains(HOP4);
        assertThat(Serving.nextHop(VIP6, two)).isEmpty();
        assertThat(Serving.nextHop(VIP6, Facts.withAddress(two, ip("2001:db8:f::77"), 64)))
                .contains(ip("2001:db8:f::77"));
        assertThat(Serving.nextHop(VIP6, Facts.withAddress(two, ip("fe80::1"), 64)))
                .as("a link-local address leads nowhere")
                .isEmpty();
    }

    @Test
    void aVipWhoseBackEndsAreAllDown_isNotServed_whereOneIsRequired() {
        OwnVip own = Serving.of(namespace(), BOTH, BackEndsTest.members(0, 3), Set.of())
                .get(0);
        assertNotServed(own, "no back end of listener listener-1 is up (0 of 3)");
        assertThat(own.nextHop()).isEqualTo(HOP4);
        assertThat(Serving.of(namespace(), BOTH, BackEndsTest.members(1, 3), Set.of()))
                .allMatch(OwnVip::served);
    }
}
