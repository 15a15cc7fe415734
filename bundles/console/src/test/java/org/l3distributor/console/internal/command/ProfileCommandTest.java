// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.service.ProfileService;

class ProfileCommandTest {
    private static final String GOOD = """
            [DEFAULT]
            debug = false
            [l3_bgp_speaker]
            # our side
            ip_version = 4
            local_as: 64512
            peers = tor1,
              tor2
            [l3_bgp_peer:tor1]
            peer_ip = 192.0.2.1
            remote_as = 64513
            ttl_hops = 1
            [l3_bgp_peer:tor2]
            peer_ip = 192.0.2.2
            remote_as = 64513
            passive = true
            """;

    @TempDir
    Path directory;

    private final FakeProfiles profiles = new FakeProfiles();
    private final Shell shell = new Shell(BgpSummary.class).with(ProfileService.class, profiles);

    @AfterEach
    void close() {
        shell.close();
    }

    /** Checks as the product does, and keeps what is good. */
    private static final class FakeProfiles implements ProfileService {
        private @Nullable BgpProfile profile;

        @Override
        public Optional<BgpProfile> profile() {
            return Optional.ofNullable(profile);
        }

        @Override
        public String origin() {
            return profile == null ? "none" : "run-time override";
        }

        @Override
        public List<ProfileFault> faults() {
            return List.of();
        }

        @Override
        public Outcome<List<FieldImpact>> validate(ProfileDraft draft) {
            CheckedProfile checked = ProfileRules.check(draft);
            return checked.profile() != null
                    ? Outcome.done(List.of(
                            new FieldImpact("l3_bgp_peer:tor1", "hold_time", "9", "30", Effect.SOFT),
                            new FieldImpact("l3_bgp_peer:tor2", "", "", "", Effect.RESET)))
                    : Outcome.refused(checked.faults().stream()
                            .map(f -> Refusal.invalid(f.section() + " " + f.key(), f.value(), f.rule()))
                            .toList());
        }

        @Override
        public CompletionStage<Outcome<List<FieldImpact>>> replace(ProfileDraft draft) {
            profile = ProfileRules.check(draft).profile();
            return CompletableFuture.completedFuture(validate(draft));
        }

        @Override
        public CompletionStage<Outcome<List<FieldImpact>>> reset() {
            profile = null;
            return CompletableFuture.completedFuture(Outcome.done(List.of()));
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "agent", ".conf"), text);
    }

    @Test
    void set_ofAnAgentsFile_takesTheProfilesSectionsOfIt() throws Exception {
        assertThat(shell.run("bgp:profile --set " + file(GOOD))).isEqualTo("""
                applied
                SECTION           KEY        FROM  TO  EFFECT
                l3_bgp_peer:tor1  hold_time  9     30  soft
                l3_bgp_peer:tor2                       reset""");
        assertThat(shell.run("bgp:profile")).isEqualTo("""
                profile in force from: run-time override

                speaker           default
                AS                64512
                router id         derived
                sessions over     IPv4
                VIPs allowed      any
                PEER  ADDRESS    AS     HOLD   PROTECTION      FAMILIES   NOTE
                tor1  192.0.2.1  64513  9/3 s  no MD5, GTSM 1  ipv4,ipv6
                tor2  192.0.2.2  64513  9/3 s  no MD5          ipv4,ipv6  passive""");
        assertThat(shell.run("bgp:profile --json"))
                .startsWith("{\"origin\":\"run-time override\",\"speakers\":[{\"name\":\"default\",\"ip_version\":4,")
                .contains(
                        "{\"name\":\"tor1\",\"id\":\"tor1\",\"peer_ip\":\"192.0.2.1\",\"remote_as\":64513,\"md5\":false,"
                                + "\"ttl_hops\":1,\"hold_time\":9,\"keepalive_interval\":3,\"families\":[\"ipv4\",\"ipv6\"],"
                                + "\"passive\":false,\"enabled\":true,\"link_bandwidth\":\"none\",\"description\":\"\"}");
        assertThat(shell.run("bgp:profile --reset")).isEqualTo("reset: nothing changes");
        assertThat(shell.run("bgp:profile")).isEqualTo("profile in force from: none");
    }

    @Test
    void validate_ofAGoodFile_changesNothing() throws Exception {
        assertThat(shell.run("bgp:profile --json --validate " + file(GOOD)))
                .startsWith(
                        "{\"changes\":[{\"section\":\"l3_bgp_peer:tor1\",\"key\":\"hold_time\",\"from\":\"9\",\"to\":\"30\","
                                + "\"effect\":\"soft\"}");
        assertThat(profiles.profile()).isEmpty();
    }

    @Test
    void validate_ofABadFile_namesEveryFault() throws Exception {
        Path file = file(GOOD.replace("64512", "23456").replace("ttl_hops = 1", "ttl_hops = 255"));
        assertThatThrownBy(() -> shell.run("bgp:profile --validate " + file))
                .hasMessageContaining("l3_bgp_speaker local_as = \"23456\": ")
                .hasMessageContaining("l3_bgp_peer:tor1 ttl_hops = \"255\": ");
        assertThat(profiles.profile()).isEmpty();
    }

    @Test
    void validate_ofAFileThatIsNoIni_namesTheLine() throws Exception {
        Path file = file("[l3_bgp_speaker]\nip_version\n");
        assertThatThrownBy(() -> shell.run("bgp:profile --validate " + file))
                .hasMessage(file + " line 2: must be [section], key = value, or a comment with '#'");
        Path open = file("[l3_bgp_speaker\n");
        assertThatThrownBy(() -> shell.run("bgp:profile --validate " + open))
                .hasMessageEndingWith("line 1: a section's title ends with ']'");
    }

    @Test
    void profile_withTwoOptions_isRefused() {
        assertThatThrownBy(() -> shell.run("bgp:profile --reset --set x"))
                .hasMessage("--validate, --set and --reset: only one of them at a time");
    }
}
