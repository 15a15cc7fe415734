// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.haproxy.internal.life.EngineFixture.LB;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP;
import static org.l3distributor.haproxy.internal.life.EngineFixture.done;
import static org.l3distributor.haproxy.internal.life.EngineFixture.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.UploadResult;

/** Files are stored as they are given; a real HAProxy says which of them are certificates. */
class CertificatesTest extends HaproxyInNamespace {
    private static final String FILE = "80f3b09e345a3cdacfbe2883187942bf983bb338.pem";

    @TempDir
    Path keys;

    private String certificate(String... keyOptions) throws IOException {
        String[] fixed = {
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=test",
            "-keyout",
            keys.resolve("key").toString(),
            "-out",
            keys.resolve("certificate").toString()
        };
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + keyOptions.length);
        System.arraycopy(keyOptions, 0, all, fixed.length, keyOptions.length);
        run(all);
        return Files.readString(keys.resolve("certificate"));
    }

    private String key() throws IOException {
        return Files.readString(keys.resolve("key"));
    }

    /** A TLS listener with this as its certificate. */
    private UploadResult upload(String pem) throws IOException {
        done(on.engine.putCertificate(LB, FILE, pem.getBytes(StandardCharsets.UTF_8)));
        Path list = on.store.files(LB).certificate("22222222-2222-4222-8222-000000000001.pem");
        byte[] lines = (on.store.files(LB).certificate(FILE) + "\n").getBytes(StandardCharsets.UTF_8);
        done(on.engine.putCertificate(LB, list.getFileName().toString(), lines));
        return on.upload(LB, on.configuration(LB, VIP + ":443 ssl crt-list " + list));
    }

    @Test
    void keys_ofEveryUsualForm_areTaken() throws IOException {
        String rsa = certificate("-newkey", "rsa:2048");
        assertThat(upload(rsa + key())).as("PKCS#8").isInstanceOf(UploadResult.Stored.class);
        String pkcs1 = run("openssl", "rsa", "-in", keys.resolve("key").toString(), "-traditional");
        assertThat(upload(rsa + pkcs1.substring(pkcs1.indexOf("-----BEGIN"))))
                .as("PKCS#1")
                .isInstanceOf(UploadResult.Stored.class);
        String ec = certificate("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        UploadResult stored = upload(ec + key());
        assertThat(stored).as("EC").isInstanceOf(UploadResult.Stored.class);
        assertThat(((UploadResult.Stored) stored)
                        .configuration()
                        .content()
                        .frontends()
                        .get(0)
                        .type())
                .isEqualTo("TERMINATED_HTTPS");
        assertThat(done(on.engine.reload(LB))).isInstanceOf(RunResult.Done.class);
        assertThat(on.serves()).isTrue();
    }

    @Test
    void files_thatAreNoCertificateWithItsKey_areFoundByTheCheckAndDisturbNothing() throws IOException {
        on.take(LB, VIP + ":80");
        long worker = on.state(LB).workerPid();
        String one = certificate("-newkey", "rsa:2048");
        String key = key();
        String other = certificate("-newkey", "rsa:2048");
        for (String bad : new String[] {one, key, other + key, "", "nonsense"}) {
            assertThat(upload(bad))
                    .isInstanceOfSatisfying(
                            UploadResult.Rejected.class,
                            rejected -> assertThat(rejected.details()).contains("[ALERT]", FILE));
        }
        assertThat(on.state(LB).workerPid()).isEqualTo(worker);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
    }

    @Test
    void reload_afterACertificateWasBroken_failsAndTheRunningOneServesOn() throws IOException {
        assertThat(upload(certificate("-newkey", "rsa:2048") + key())).isInstanceOf(UploadResult.Stored.class);
        done(on.engine.reload(LB));
        long worker = on.state(LB).workerPid();
        done(on.engine.putCertificate(LB, FILE, new byte[] {'x'}));
        RunResult.Failed failed = (RunResult.Failed) done(on.engine.reload(LB));
        assertThat(failed.message()).isEqualTo("Error reloading haproxy");
        assertThat(failed.details()).contains(FILE);
        assertThat(on.state(LB).workerPid()).isEqualTo(worker);
        assertThat(on.serves()).isTrue();
    }
}
