// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.config.internal.drive.DirectoryDrive;
import org.l3distributor.config.internal.drive.DriveContents;
import org.l3distributor.config.internal.drive.OpenstackLayout;
import org.l3distributor.distributor.compute.DriveLayout;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.profile.ProfileText;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;
import org.l3distributor.net.Secret;

/** What a controller writes for a new amphora, and this appliance reads: from the profile to the drive and back. */
class WrittenProfileTest {
    private static final String FILE = "/etc/octavia/amphora-agent.conf";
    private static final String INSTANCE = "6f1c2b0e-0000-4000-8000-000000000001";
    private static final List<String> PASSWORDS = List.of(
            "plain",
            "p$x",
            "$$",
            "\\$x",
            "${DEFAULT.debug}",
            "\"quoted\"",
            "'quoted'",
            "\"",
            "'",
            "#not a comment",
            "a = b : c",
            "[section]",
            "ein schl\u00fcssel",
            "\\",
            "a&b<c>d");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyProfile_isReadFromTheDriveAsItWasWritten(boolean userData) throws IOException {
        Random random = new Random(9);
        for (int i = 0; i < 150; i++) {
            BgpProfile profile = profile(random);
            String text = "[DEFAULT]\ndebug = False\n\n" + ProfileText.of(profile);
            assertThat(read(text, userData)).as(text).isEqualTo(profile);
        }
    }

    private BgpProfile read(String text, boolean userData) throws IOException {
        InstanceSpec spec = new InstanceSpec(
                "a-1",
                "amphora \"1\"\\",
                List.of(new Port("p", "p", "n", "02:00:00:00:00:01", List.of(), "a-1")),
                Map.of(FILE, text.getBytes(StandardCharsets.UTF_8), "/etc/octavia/certs/server.pem", new byte[] {1, -2
                }),
                null,
                userData);
        for (var file : DriveLayout.of(spec, INSTANCE).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        DriveContents contents = OpenstackLayout.read(new DirectoryDrive(folder));
        assertThat(contents.faults()).isEmpty();
        assertThat(contents.instance()).isEqualTo(INSTANCE);
        assertThat(contents.files()).containsOnlyKeys(FILE, "/etc/octavia/certs/server.pem");
        assertThat(contents.files().get("/etc/octavia/certs/server.pem")).containsExactly(1, -2);
        List<ProfileFault> faults = new ArrayList<>();
        AgentFile file = new AgentFile(FILE, new String(contents.files().get(FILE), StandardCharsets.UTF_8), faults);
        CheckedProfile checked = ProfileRules.check(file.profile());
        assertThat(faults).isEmpty();
        assertThat(checked.faults()).isEmpty();
        return checked.profile();
    }

    private static BgpProfile profile(Random random) {
        List<SpeakerProfile> speakers = new ArrayList<>();
        boolean two = random.nextBoolean();
        speakers.add(speaker(random, "default", AddressFamily.IPV4, two));
        if (two) {
            speakers.add(speaker(random, "six", AddressFamily.IPV6, true));
        }
        return new BgpProfile(speakers);
    }

    private static SpeakerProfile speaker(Random random, String name, AddressFamily family, boolean two) {
        List<PeerProfile> peers = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            peers.add(peer(random, name + "-" + i, i, family, two));
        }
        return new SpeakerProfile(
                name,
                random.nextBoolean() ? null : "id-of-" + name,
                family,
                new AsNumber(4_200_000_000L + random.nextInt(9)),
                random.nextBoolean() ? null : RouterId.parse("192.0.2.9"),
                one(random, null, "combined", "distributor", "lb"),
                random.nextBoolean()
                        ? List.of()
                        : List.of(IpPrefix.parse("203.0.113.0/24"), IpPrefix.parse("2001:db8::/32")),
                null,
                peers);
    }

    private static PeerProfile peer(Random random, String name, int number, AddressFamily family, boolean two) {
        int hold = random.nextBoolean() ? 0 : 3 + random.nextInt(1000);
        boolean signed = random.nextBoolean();
        return new PeerProfile(
                new PeerId("id." + name),
                name,
                IpAddress.parse(family == AddressFamily.IPV4 ? "192.0.2." + (1 + number) : "2001:db8::" + (1 + number)),
                new AsNumber(64_512 + number),
                signed ? Secret.of(PASSWORDS.get(random.nextInt(PASSWORDS.size()))) : null,
                random.nextBoolean() ? null : Integer.valueOf(1 + random.nextInt(254)),
                Duration.ofSeconds(hold),
                Duration.ofSeconds(hold == 0 ? 0 : 1 + random.nextInt(hold - 1)),
                two || random.nextBoolean() ? Set.of(family) : Set.of(AddressFamily.values()),
                random.nextBoolean(),
                random.nextBoolean(),
                LinkBandwidth.values()[random.nextInt(LinkBandwidth.values().length)],
                one(random, "", "the first \"tor\"", "costs $5; # not a comment"));
    }

    private static @Nullable String one(Random random, @Nullable String... values) {
        return values[random.nextInt(values.length)];
    }
}
