// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.controller.core.internal.health.Silence;

class SettingsReaderTest {
    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private Told told = new Told();

    @BeforeAll
    static void makeAuthority() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
        openssl("genrsa -out other.key 2048");
    }

    private static void openssl(String words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl " + words).split(" "))
                .directory(keys.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @BeforeEach
    void configureCompletely() throws IOException {
        Files.writeString(folder.resolve("beat.key"), "a secret\n");
        told = new Told()
                .with("distributorId", "d")
                .with("computeType", "noop")
                .with("managementNetwork", "net")
                .with("managementSubnet", "sub")
                .with("heartbeatHost", "2001:db8::1")
                .with("heartbeatKeyFile", folder + "/beat.key")
                .with("serverAuthority", keys + "/ca.pem")
                .with("serverAuthorityKey", keys + "/ca.key")
                .with("clientAuthority", keys + "/ca.pem");
    }

    private Settings read() throws NotUsable {
        return SettingsReader.read(told.config(), new ControllerName(folder.resolve("made/id"))::get);
    }

    @Test
    void completeConfiguration_isTaken_withDefaultsForTheRest() throws Exception {
        Settings settings = read();
        assertThat(settings.amphorae()).isEqualTo(4);
        assertThat(settings.distributorType()).isEqualTo("L3_BGP");
        assertThat(settings.effects().port()).isEqualTo(9443);
        assertThat(settings.files().controllers()).isEqualTo("[2001:db8::1]:5555");
        assertThat(settings.files().heartbeatKey().length()).isEqualTo("a secret".length());
        assertThat(settings.files().md5Password()).isNull();
        assertThat(settings.beats().silence()).isEqualTo(Silence.DEFAULT);
    }

    @Test
    void controllerWithoutAName_getsOne_andKeepsIt() throws Exception {
        String made = read().work().controllerId();
        assertThat(made).hasSize(36);
        assertThat(read().work().controllerId()).isEqualTo(made);
        told.with("controllerId", " mine ");
        assertThat(read().work().controllerId()).isEqualTo("mine");
    }

    @Test
    void everyFault_isToldAtOnce_withItsKey() {
        told.with("computeType", "")
                .with("managementSubnet", "x".repeat(37))
                .with("heartbeatHost", "here")
                .with("heartbeatKeyFile", folder + "/none")
                .with("clientAuthority", " ")
                .with("amphorae", "many")
                .with("grace", 3601)
                .with("withdrawalShare", 1.5);
        assertThatThrownBy(this::read)
                .isInstanceOf(NotUsable.class)
                .hasMessageContainingAll(
                        "computeType is missing",
                        "managementSubnet must be at most 36 characters, got 37",
                        "heartbeatHost=here must be an IP address",
                        "heartbeatKeyFile=" + folder + "/none: there is no such file",
                        "clientAuthority is missing",
                        "amphorae must be a whole number",
                        "grace must be 0..3600, got 3601",
                        "withdrawalShare: share must be above 0 and at most 1, got 1.5");
    }

    @Test
    void massFailure_isWhatTheConfigurationSays() throws Exception {
        told.with("massFailureWindow", 20).with("massFailurePatience", 0);
        Silence silence = read().beats().silence();
        assertThat(silence.window()).hasSeconds(20);
        assertThat(silence.patience()).isZero();
        told.with("massFailureWindow", 9).with("massFailurePatience", -1);
        assertThatThrownBy(this::read)
                .hasMessageContainingAll(
                        "massFailureWindow must be 10..86400, got 9", "massFailurePatience must be 0..2592000, got -1");
    }

    @Test
    void heartbeatTimeout_noLongerThanTheInterval_isRefused() {
        told.with("heartbeatInterval", 60).with("heartbeatTimeout", 60);
        assertThatThrownBy(this::read).hasMessage("heartbeatTimeout must be 61..86400, got 60");
    }

    @Test
    void keyOfAnotherAuthority_isRefused_andBothKeysAreNamed() {
        told.with("serverAuthorityKey", keys + "/other.key");
        assertThatThrownBy(this::read)
                .hasMessageContaining("serverAuthority=" + keys + "/ca.pem with serverAuthorityKey=" + keys);
    }

    @Test
    void nameThatCannotBeKept_isAFault() {
        assertThatThrownBy(() -> SettingsReader.read(told.config(), () -> {
                    throw new UncheckedIOException(new IOException("read-only"));
                }))
                .hasMessageContaining("controllerId is empty, and none can be kept: ")
                .hasMessageContaining("read-only");
    }
}
