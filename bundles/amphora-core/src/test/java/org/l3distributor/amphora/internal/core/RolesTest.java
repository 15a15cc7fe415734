// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.SpeakerProfile;

class RolesTest {
    private static BgpProfile ofType(String serviceType) {
        SpeakerProfile plain = Samples.twoPeers().speakers().get(0);
        return new BgpProfile(List.of(new SpeakerProfile(
                plain.name(),
                plain.id(),
                plain.transport(),
                plain.localAs(),
                plain.routerId(),
                serviceType,
                plain.allowedVipPrefixes(),
                plain.md5Password(),
                plain.peers())));
    }

    @Test
    void profileThatContradictsTheRoles_isNotInForce_untilTheRoleIsInstalled() {
        World world = new World();
        world.core.roles(Set.of("distributor"));
        world.configure(ofType("combined"));
        world.core.bound(world.store);
        world.settle();
        assertThat(world.core.profiles().profile()).isEmpty();
        assertThat(world.core.profiles().faults())
                .extracting(ProfileFault::key, ProfileFault::value)
                .containsExactly(tuple("service_type", "combined"));

        world.core.roles(Set.of("distributor", "amphora"));
        world.settle();
        assertThat(world.core.profiles().profile()).contains(ofType("combined"));
        assertThat(world.core.profiles().faults()).isEmpty();
    }

    @Test
    void roleThatGoes_makesTheProfileWrong_andLeavesItInForce() {
        World world = new World();
        world.core.roles(Set.of("distributor", "amphora"));
        world.configure(ofType("combined"));
        world.core.bound(world.store);
        world.settle();
        world.core.roles(Set.of("distributor"));
        world.settle();
        assertThat(world.core.profiles().profile()).contains(ofType("combined"));
        assertThat(world.core.profiles().faults()).extracting(ProfileFault::key).containsExactly("service_type");
    }
}
