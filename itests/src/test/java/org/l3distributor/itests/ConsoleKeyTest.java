// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that the launcher makes for l3-console: Karaf knows it again, whatever numbers it is made of. */
class ConsoleKeyTest {
    /** Of P-256 keys Karaf doesn't know one of 250: of a thousand it would know all once in fifty times. */
    private static final int KEYS = 1000;

    @TempDir
    Path directory;

    @Test
    void keysOfTheLaunchersKind_areAllKnownAgain() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        for (int i = 0; i < KEYS; i++) {
            ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
            assertThat(PublickeyLoginModule.equals(key, written(key)))
                    .as("%s", key)
                    .isTrue();
        }
    }

    @Test
    void pairThatKarafMayNotKnowAgain_isReplacedAtTheNextStart() throws Exception {
        Path keys = Files.createDirectories(directory.resolve("data/keys"));
        Path console = keys.resolve("console");
        Command.run("ssh-keygen", "-q", "-t", "ecdsa", "-b", "256", "-m", "PEM", "-N", "", "-f", console.toString());

        assertThat(launch()).contains("the console gets a new key in " + console);
        String made = Files.readString(keys.resolve("console.pub"));
        String key = made.split(" ")[1];
        assertThat(made).startsWith("ecdsa-sha2-nistp521 ");
        assertThat(Command.run("ssh-keygen", "-y", "-f", console.toString()).split("\\s")[1])
                .isEqualTo(key);
        assertThat(Files.readString(directory.resolve("data/etc/keys.properties")))
                .containsOnlyOnce("karaf = ")
                .contains("karaf = " + key + ",_g_:admingroup");

        assertThat(launch()).isEmpty();
        assertThat(keys.resolve("console.pub")).as("the right kind stays").hasContent(made);
    }

    @Test
    void pairOfAnOperatorsOwn_stays() throws Exception {
        Path keys = Files.createDirectories(directory.resolve("data/keys"));
        Map<Path, String> own = new HashMap<>();
        for (Path file : List.of(keys.resolve("host"), keys.resolve("console"))) {
            Command.run("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", file.toString());
            own.put(file, Files.readString(file));
        }
        launch();
        assertThat(own).allSatisfy((file, content) -> assertThat(file).hasContent(content));
        String key = Files.readString(keys.resolve("console.pub")).split(" ")[1];
        assertThat(Files.readString(directory.resolve("data/etc/keys.properties")))
                .contains("karaf = " + key + ",_g_:admingroup");
    }

    /** All that the launcher does before it becomes the JVM; what it said of keys. */
    private String launch() throws Exception {
        Path java = Files.createDirectories(directory.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        String said = Command.run(
                "env",
                "JAVA_HOME=" + directory.resolve("java"),
                "L3D_DATA=" + directory.resolve("data"),
                Appliance.HOME + "/bin/l3-distributor");
        return said.lines().filter(line -> line.contains("key")).collect(Collectors.joining("\n"));
    }

    /** As in keys.properties (RFC 5656 section 3.1, in Base64). */
    private static String written(ECPublicKey key) throws IOException {
        int length = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        point.write(4); // uncompressed
        point.write(unsigned(key.getW().getAffineX(), length));
        point.write(unsigned(key.getW().getAffineY(), length));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(written);
        for (byte[] part : new byte[][] {
            "ecdsa-sha2-nistp521".getBytes(US_ASCII), "nistp521".getBytes(US_ASCII), point.toByteArray()
        }) {
            out.writeInt(part.length);
            out.write(part);
        }
        return Base64.getEncoder().encodeToString(written.toByteArray());
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = new byte[length];
        int copied = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - copied, unsigned, length - copied, copied);
        return unsigned;
    }
}
