// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.config.internal.DriveTree;

class VolumeTest {
    private static final String LONG_NAME = "a rather long name with blanks and an \u00fc.text";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"joliet.iso", "rockridge.iso", "plain.iso", "fat12.img"})
    void read_ofACheckedInImage_findsLabelAndFiles(String name) throws IOException {
        check(Path.of("src/test/resources", name), name.equals("plain.iso"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-J -r", "-J", "-r", "-r -J -joliet-long", "-r -l -allow-lowercase"})
    void read_ofAnImageMadeByXorriso_findsLabelAndFiles(String options) throws Exception {
        Path image = folder.resolve("drive.iso");
        run("xorriso -as mkisofs -quiet " + options + " -V config-2 -o " + image + " " + tree());
        check(image, false);
    }

    @ParameterizedTest
    @CsvSource({"12,1024", "16,16384", "32,65536", "12,4096"})
    void read_ofAnImageMadeByMkfsVfat_findsLabelAndFiles(int fat, int kilobytes) throws Exception {
        Path image = folder.resolve("drive.img");
        run("mkfs.vfat -F " + fat + " -n config-2 -C " + image + " " + kilobytes);
        run("mcopy -s -i " + image + " " + tree() + "/openstack ::/");
        check(image, false);
    }

    @Test
    void read_ofAFileOfManyClusters_followsTheChain() throws Exception {
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);
        DriveTree tree = new DriveTree(folder.resolve("tree")).write("openstack/large", large);
        for (int i = 0; i < 200; i++) {
            tree.write("openstack/another file with a long name " + i, "" + i);
        }
        Path image = folder.resolve("drive.img");
        run("mkfs.vfat -F 12 -s 1 -C " + image + " 1024");
        run("mcopy -s -i " + image + " " + tree.root() + "/openstack ::/");
        try (ImageBytes bytes = ImageBytes.open(image)) {
            Volume volume = Volume.open(bytes).orElseThrow();
            assertThat(volume.read("openstack/large")).hasValue(large);
            assertThat(volume.read("openstack/another file with a long name 199")
                            .map(VolumeTest::text))
                    .hasValue("199");
        }
    }

    @Test
    void open_ofSomethingElse_recognisesNothing() throws IOException {
        for (int size : new int[] {0, 1, 511, 512, 40_000}) {
            Path file = Files.write(folder.resolve("file" + size), new byte[size]);
            try (ImageBytes bytes = ImageBytes.open(file)) {
                assertThat(Volume.open(bytes)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"joliet.iso", "rockridge.iso", "fat12.img"})
    void read_ofADamagedImage_endsWithAnIoExceptionOrAnAnswer(String name) throws IOException {
        byte[] good = Files.readAllBytes(Path.of("src/test/resources", name));
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i < 1 + random.nextInt(64); i++) {
                bad[structure(random, bad)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bad.length) : bad.length;
            Path image = Files.write(folder.resolve("bad"), Arrays.copyOf(bad, length));
            try (ImageBytes bytes = ImageBytes.open(image)) {
                Optional<Volume> volume = Volume.open(bytes);
                if (volume.isPresent()) {
                    volume.get().label();
                    volume.get().read("openstack/latest/meta_data.json");
                    volume.get().read("openstack/content/" + LONG_NAME);
                }
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** A place where there is something: most of an image is zero, and to damage that teaches nothing. */
    private static int structure(Random random, byte[] image) {
        int at = random.nextInt(image.length);
        while (image[at] == 0) {
            at = random.nextInt(image.length);
        }
        return at;
    }

    @Test
    void read_beyondTheEnd_saysThatTheImageIsDamaged() throws IOException {
        byte[] good = Files.readAllBytes(Path.of("src/test/resources/joliet.iso"));
        Path image = Files.write(folder.resolve("cut"), Arrays.copyOf(good, 20 * 2048));
        try (ImageBytes bytes = ImageBytes.open(image)) {
            Volume volume = Volume.open(bytes).orElseThrow();
            assertThatThrownBy(() -> volume.read("openstack/latest/meta_data.json"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    /** Without Joliet and Rock Ridge the long name is cut. */
    private static void check(Path image, boolean cutNames) throws IOException {
        try (ImageBytes bytes = ImageBytes.open(image)) {
            Volume volume = Volume.open(bytes).orElseThrow();
            assertThat(volume.label()).isEqualToIgnoringCase("config-2");
            if (!cutNames) {
                assertThat(volume.read("openstack/content/" + LONG_NAME).map(VolumeTest::text))
                        .hasValue("long");
            }
            assertThat(volume.read("openstack/latest/meta_data.json").map(VolumeTest::text))
                    .hasValueSatisfying(text -> assertThat(text).contains(DriveTree.INSTANCE));
            assertThat(volume.read("openstack/content/0002").map(VolumeTest::text))
                    .hasValue(DriveTree.AGENT + DriveTree.PROFILE);
            assertThat(volume.read("openstack/empty")).hasValue(new byte[0]);
            assertThat(volume.read("openstack/content")).isEmpty();
            assertThat(volume.read("openstack/content/0009")).isEmpty();
            assertThat(volume.read("openstack/content/0002/x")).isEmpty();
            assertThat(volume.read("nowhere/at/all")).isEmpty();
        }
    }

    private Path tree() {
        return new DriveTree(folder.resolve("tree"))
                .personality(DriveTree.AGENT + DriveTree.PROFILE)
                .write("openstack/empty", "")
                .write("openstack/content/" + LONG_NAME, "long")
                .root();
    }

    /** Runs a tool of Debian's; without it the test is skipped, for the checked-in images are always there. */
    private static void run(String line) throws IOException, InterruptedException {
        String[] words = line.split(" ");
        Path program = Stream.of("/usr/bin", "/usr/sbin")
                .map(d -> Path.of(d, words[0]))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, words[0] + " isn't installed");
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.command().set(0, program.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String said = text(out.readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
