// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class LoadBalancerRulesTest {
    private static final String FRONT = "f0000000-0000-4000-8000-000000000001";
    private static final String BACK = "f0000000-0000-4000-8000-000000000002";
    private static final String BARE = "f0000000-0000-4000-8000-000000000003";
    private static final String FRONT4 = "50000000-0000-4000-8000-000000000004";
    private static final String FRONT6 = "50000000-0000-4000-8000-000000000006";
    private static final String BACK4 = "50000000-0000-4000-8000-000000000014";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
    private static final NetworkSnapshot NETWORKS = new NetworkSnapshot(
            List.of(
                    new Network(FRONT, "front", 1500, true),
                    new Network(BACK, "back", 1500, false),
                    new Network(BARE, "bare", 1500, false)),
            List.of(
                    subnet(FRONT6, FRONT, "2001:db8::/64"),
                    subnet(FRONT4, FRONT, "192.0.2.0/24"),
                    subnet(BACK4, BACK, "10.0.0.0/8")));

    @Test
    void aDraft_withASubnetOnly_liesThere_withItsFrontEnd() {
        LoadBalancerPlace place = placed(Map.of("vip_subnet_id", FRONT4));
        assertThat(place.vip()).isEqualTo(new Vip(null, null, FRONT, FRONT4));
        assertThat(place.frontendNetworkId()).isEqualTo(FRONT);
        assertThat(place.frontendSubnetId()).isEqualTo(FRONT4);
    }

    @Test
    void aDraft_withANetworkOnly_takesItsIpv4() {
        assertThat(placed(Map.of("vip_network_id", FRONT)).vip().subnetId()).isEqualTo(FRONT4);
    }

    @Test
    void aDraft_withANetworkAndAnAddress_takesTheSubnetOfTheAddress() {
        LoadBalancerPlace place = placed(Map.of("vip_network_id", FRONT, "vip_address", "2001:DB8:0::7"));
        assertThat(place.vip()).isEqualTo(new Vip(IpAddress.parse("2001:db8::7"), null, FRONT, FRONT6));
    }

    @Test
    void aFrontEnd_ofItsOwn_isTakenByNetworkOrSubnet() {
        assertThat(placed(Map.of("vip_subnet_id", FRONT4, "frontend_network_id", BACK)))
                .isEqualTo(new LoadBalancerPlace(new Vip(null, null, FRONT, FRONT4), List.of(), BACK, BACK4));
        assertThat(placed(Map.of("vip_subnet_id", FRONT4, "frontend_subnet_id", BACK4))
                        .frontendNetworkId())
                .isEqualTo(BACK);
    }

    @Test
    void anAdditionalVip_ofAnotherSubnetOfTheNetwork_isTaken() {
        Map<String, ?> second = Map.of("subnet_id", FRONT6, "ip_address", "2001:db8::9");
        assertThat(placed(Map.of("vip_subnet_id", FRONT4, "additional_vips", List.of(second)))
                        .additionalVips())
                .containsExactly(new Vip(IpAddress.parse("2001:db8::9"), null, FRONT, FRONT6));
    }

    @Test
    void aVip_ofTheOtherIpVersion_needsAFrontEndSubnetOfThatVersion() {
        Map<String, ?> second = Map.of("subnet_id", FRONT6);
        assertThat(refused(Map.of(
                        "vip_subnet_id", FRONT4, "additional_vips", List.of(second), "frontend_subnet_id", BACK4)))
                .containsExactly("Validation failure: The front-end network does not contain an IPv6 subnet, which"
                        + " additional VIPs of that version need for their next hops.");
        Subnet four = subnet(FRONT4, FRONT, "192.0.2.0/24");
        Subnet six = subnet(FRONT6, FRONT, "2001:db8::/64");
        Subnet otherSix = subnet(BACK4, FRONT, "2001:db8:1::/64");
        assertThat(FrontEnds.second(four, List.of(four, otherSix, six), List.of(four, six)))
                .as("that of a VIP first")
                .contains(six);
        assertThat(FrontEnds.second(six, List.of(four, six), List.of(six, four)))
                .contains(four);
        assertThat(FrontEnds.second(four, List.of(four, six), List.of(four))).isEmpty();
        assertThat(FrontEnds.second(four, List.of(four), List.of(four, six))).isEmpty();
    }

    @Test
    void whatIsNotThere_orDoesNotFit_isRefusedInOctaviasWords() {
        assertThat(refused(Map.of("vip_subnet_id", NOBODY))).containsExactly("Subnet " + NOBODY + " not found.");
        assertThat(refused(Map.of("vip_network_id", NOBODY))).containsExactly("Network " + NOBODY + " not found.");
        assertThat(refused(Map.of("vip_network_id", BACK, "vip_subnet_id", FRONT4)))
                .containsExactly("Subnet " + FRONT4 + " not found.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT4, "vip_address", "198.51.100.1")))
                .containsExactly("IP address 198.51.100.1 is not a valid IP for the specified subnet.");
        assertThat(refused(Map.of("vip_network_id", FRONT, "vip_address", "198.51.100.1")))
                .containsExactly(
                        "Validation failure: Supplied network does not contain a subnet for VIP address specified.");
        assertThat(refused(Map.of("vip_network_id", BARE)))
                .containsExactly("Validation failure: Supplied network does not contain a subnet.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT4, "frontend_subnet_id", NOBODY)))
                .containsExactly("Subnet " + NOBODY + " not found.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT4, "frontend_network_id", BARE)))
                .containsExactly(
                        "Validation failure: Supplied network does not contain a subnet of the VIP's IP version.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT6, "frontend_subnet_id", BACK4)))
                .containsExactly("Validation failure: The front-end subnet must be of the VIP's IP version: its"
                        + " addresses are next hops of the VIP.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT4, "additional_vips", List.of(Map.of("subnet_id", FRONT4)))))
                .containsExactly(
                        "Validation failure: Duplicate VIP subnet(s) specified. Only one IP can be bound per subnet.");
        assertThat(refused(Map.of("vip_subnet_id", FRONT4, "additional_vips", List.of(Map.of("subnet_id", BACK4)))))
                .containsExactly("Validation failure: All VIP subnets must belong to the same network.");
    }

    @Test
    void everyBrokenRule_isSaidAtOnce() {
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("name", "y".repeat(256));
        wrong.put("vip_address", "not one");
        wrong.put("vip_subnet_id", 5);
        wrong.put("foo", 1);
        wrong.put("bar", 1);
        Outcome<LoadBalancerDraft> outcome = LoadBalancerRules.create(Map.of("loadbalancer", wrong));
        assertThat(reasons(outcome))
                .containsExactly(
                        "Unknown attributes for argument load_balancer.loadbalancer: bar, foo",
                        "Invalid input for field/attribute name. Value: '" + "y".repeat(80)
                                + "... (256 characters)'. Value should have a maximum character requirement of 255",
                        "Invalid input for field/attribute vip_subnet_id. Value: '5'. Value should be UUID format",
                        "Invalid input for field/attribute vip_address. Value: 'not one'. Value should be IPv4 or IPv6 format");
    }

    @Test
    void aBody_withoutItsObject_orWithAnother_isRefused() {
        assertThat(reasons(LoadBalancerRules.create(Map.of()))).hasSize(1);
        assertThat(reasons(LoadBalancerRules.create(Map.of("listener", Map.of()))))
                .contains("Unknown attribute for argument load_balancer: listener");
        assertThat(reasons(LoadBalancerRules.create(Map.of("loadbalancer", List.of()))))
                .hasSize(1);
    }

    @Test
    void withoutAPlaceForTheVip_aDraftIsRefused() {
        assertThat(reasons(LoadBalancerRules.create(Map.of("loadbalancer", Map.of("name", "a")))))
                .containsExactly("Validation failure: VIP must contain one of: vip_network_id, vip_subnet_id.");
    }

    @Test
    void anAddress_thatNobodyCanBeRoutedTo_isRefused() {
        for (String address : List.of("0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "fe80::1", "::1")) {
            assertThat(reasons(LoadBalancerRules.create(
                            Map.of("loadbalancer", Map.of("vip_subnet_id", FRONT4, "vip_address", address)))))
                    .as(address)
                    .hasSize(1);
        }
    }

    @Test
    void whatWeDoNotSupport_isRefusedAsThat_andNotIgnored() {
        Outcome<LoadBalancerDraft> outcome = LoadBalancerRules.create(
                Map.of("loadbalancer", Map.of("vip_subnet_id", FRONT4, "availability_zone", "az1")));
        assertThat(((Outcome.Refused<LoadBalancerDraft>) outcome).reasons())
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.UNSUPPORTED);
    }

    @Test
    void aFlavor_isADistributor_thatIsThereAndActive() {
        assertThat(draft(Map.of("vip_subnet_id", FRONT4, "flavor_id", FRONT)).distributorId())
                .isEqualTo(FRONT);
        assertThat(LoadBalancerRules.choosable(FRONT, null).orElseThrow().rule())
                .isEqualTo("Validation failure: Invalid flavor_id.");
        Distributor coming = new Distributor(FRONT, "L3_BGP", ProvisioningStatus.PENDING_CREATE, "d", true, 2, 0);
        assertThat(LoadBalancerRules.choosable(FRONT, coming).orElseThrow().rule())
                .isEqualTo("The selected flavor is not allowed in this deployment: " + FRONT);
        assertThat(LoadBalancerRules.choosable(FRONT, coming.with(ProvisioningStatus.ACTIVE)))
                .isEmpty();
    }

    @Test
    void aChange_ofNull_bringsTheDefaultBack_andOfNothing_keepsWhatThereIs() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", null);
        fields.put("admin_state_up", null);
        fields.put("tags", List.of("b", "a", "b"));
        HeaderChange change = changed(fields).header();
        assertThat(change.name().or("old")).isEmpty();
        assertThat(change.description().or("old")).isEqualTo("old");
        assertThat(change.enabled().or(true)).isFalse();
        assertThat(change.tags().or(List.of())).containsExactly("b", "a");
    }

    @Test
    void aNumberOfAmphorae_isTaken_withinBounds_andNotBesideAnotherAdminState() {
        assertThat(draft(Map.of("vip_subnet_id", FRONT4, "amphora_count", 5)).amphoraCount())
                .isEqualTo(5);
        assertThat(draft(Map.of("vip_subnet_id", FRONT4)).amphoraCount()).isNull();
        assertThat(changed(Map.of("amphora_count", 3)).scales()).isTrue();
        assertThat(changed(Map.of("name", "n")).scales()).isFalse();
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of("amphora_count", 0),
                Map.of("amphora_count", 65),
                Map.of("amphora_count", "many"),
                Map.of("amphora_count", 3, "admin_state_up", false))) {
            assertThat(LoadBalancerRules.change(Map.of("loadbalancer", wrong)))
                    .as("%s", wrong)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    private static LoadBalancerChange changed(Map<String, ?> fields) {
        Outcome<LoadBalancerChange> outcome = LoadBalancerRules.change(Map.of("loadbalancer", fields));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<LoadBalancerChange>) outcome).value();
    }

    private static LoadBalancerPlace placed(Map<String, ?> fields) {
        Outcome<LoadBalancerPlace> outcome = LoadBalancerRules.place(draft(fields), NETWORKS);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<LoadBalancerPlace>) outcome).value();
    }

    private static List<String> refused(Map<String, ?> fields) {
        return reasons(LoadBalancerRules.place(draft(fields), NETWORKS));
    }

    private static LoadBalancerDraft draft(Map<String, ?> fields) {
        Outcome<LoadBalancerDraft> outcome = LoadBalancerRules.create(Map.of("loadbalancer", fields));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<LoadBalancerDraft>) outcome).value();
    }

    private static List<String> reasons(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome)
                .reasons().stream().map(Refusal::rule).toList();
    }

    private static Subnet subnet(String id, String network, String cidr) {
        return new Subnet(id, network, id, IpPrefix.parse(cidr), null, List.of());
    }
}
