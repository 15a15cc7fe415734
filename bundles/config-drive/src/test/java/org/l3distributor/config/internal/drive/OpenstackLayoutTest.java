// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.config.internal.DriveTree;
import org.l3distributor.distributor.profile.ProfileFault;

class OpenstackLayoutTest {
    private static final String AGENT_FILE = "/etc/octavia/amphora-agent.conf";

    @TempDir
    Path folder;

    @Test
    void read_ofInjectedFiles_givesEachUnderItsPath() throws IOException {
        new DriveTree(folder).personality(DriveTree.AGENT);
        checkOctaviasFiles(read());
    }

    @Test
    void read_ofWriteFiles_givesEachUnderItsPath() throws IOException {
        new DriveTree(folder).writeFiles(DriveTree.AGENT);
        checkOctaviasFiles(read());
    }

    @Test
    void read_ofCompressedUserData_givesTheSame() throws IOException {
        new DriveTree(folder).writeFiles(DriveTree.AGENT);
        Path userData = folder.resolve("openstack/latest/user_data");
        Files.write(userData, gzip(Files.readAllBytes(userData)));
        checkOctaviasFiles(read());
    }

    private static void checkOctaviasFiles(DriveContents contents) {
        assertThat(contents.faults()).isEmpty();
        assertThat(contents.instance()).isEqualTo(DriveTree.INSTANCE);
        assertThat(contents.files().keySet())
                .containsExactlyInAnyOrder(
                        AGENT_FILE, "/etc/octavia/certs/server.pem", "/etc/octavia/certs/client_ca.pem");
        assertThat(text(contents, AGENT_FILE).strip()).isEqualTo(DriveTree.AGENT.strip());
        assertThat(text(contents, "/etc/octavia/certs/server.pem").strip()).isEqualTo("SERVER KEY");
    }

    @Test
    void read_ofEveryEncoding_decodesIt() throws IOException {
        byte[] plain = "the content \u00fc\n".getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getMimeEncoder().encodeToString(plain).replace("\r\n", "\\n");
        String zipped = Base64.getEncoder().encodeToString(gzip(plain));
        cloudConfig("""
                write_files:
                - {path: /a, content: "the content \u00fc\\n"}
                - {path: /b, encoding: b64, content: "%1$s"}
                - {path: /c, encoding: base64, content: "%1$s"}
                - {path: /d, encoding: gzip, content: !!binary "%2$s"}
                - {path: /e, encoding: gz+b64, content: "%2$s"}
                - {path: /f, encoding: GZIP+BASE64, content: "%2$s"}
                - {path: /g, encoding: text/plain, content: "the content "}
                - {path: /g, append: true, content: "\u00fc\\n"}
                """.formatted(base64, zipped));
        DriveContents contents = read();
        assertThat(contents.faults()).isEmpty();
        assertThat(contents.files()).hasSize(7);
        assertThat(contents.files().values())
                .allSatisfy(content -> assertThat(content).isEqualTo(plain));
    }

    @Test
    void read_ofPlainScalars_leavesThemAsTheyStand() throws IOException {
        cloudConfig("write_files:\n- {path: /a, content: 0123}\n- {path: /b, content: yes}\n- {path: /c}\n");
        DriveContents contents = read();
        assertThat(text(contents, "/a")).isEqualTo("0123");
        assertThat(text(contents, "/b")).isEqualTo("yes");
        assertThat(text(contents, "/c")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            write_files: 5                                         | write_files             | must be a list
            write_files: [x]                                       | write_files[1]          | must be a mapping
            write_files: [{content: x}]                            | write_files[1].path     | is required
            write_files: [{path: etc/x}]                           | write_files[1].path     | absolute path
            write_files: [{path: /etc/../x}]                       | write_files[1].path     | absolute path
            write_files: [{path: /..}]                             | write_files[1].path     | absolute path
            write_files: [{path: /etc//x}]                         | write_files[1].path     | absolute path
            write_files: [{path: /}]                               | write_files[1].path     | absolute path
            write_files: [{path: /a}, {path: /a/b}]                | write_files[2].path     | a file and a directory
            write_files: [{path: /a, content: [1]}]                | write_files[1].content  | must be text
            write_files: [{path: /a, encoding: rot13}]             | write_files[1].encoding | must be b64
            write_files: [{path: /a, encoding: b64, content: "?"}] | write_files[1].content  | isn't base64
            write_files: [{path: /a, encoding: gz+b64, content: YQ==}] | write_files[1].content | isn't gzip
            write_files: [{path: /a, source: {uri: x}}]            | write_files[1].source   | isn't supported
            write_files: [                                         | ''                      | isn't YAML
            write_files: [{path: &a /a}, *b]                       | ''                      | isn't YAML
            write_files: !!java.net.URL [x]                        | ''                      | isn't YAML
            """)
    void read_ofAWrongCloudConfig_namesKeyAndRule(String text, String key, String rule) throws IOException {
        cloudConfig(text);
        assertFault(key, rule);
        assertThat(read().instance()).isEqualTo(DriveTree.INSTANCE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                       | ``                    | isn't JSON
            5                                       | ``                    | must be a JSON object
            {}                                      | uuid                  | is required
            {"uuid": "a/b"}                         | uuid                  | is required
            {"uuid": "a", "files": {}}              | files                 | must be a list
            {"uuid": "a", "files": [{"path": "/x"}]} | files[1]             | must have path and content_path
            {"uuid": "a", "files": [{"path": "/x", "content_path": "/content/0"}]} | files[1].content_path | there is no such file
            {"uuid": "a", "files": [{"path": "/x", "content_path": "/content/../../x"}]} | files[1].content_path | must be /content/NAME
            """)
    void read_ofWrongMetaData_namesKeyAndRule(String text, String key, String rule) throws IOException {
        new DriveTree(folder).write("openstack/latest/meta_data.json", text);
        assertFault(key, rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#!/bin/sh\necho", "Content-Type: multipart/mixed", "\u0000\u0001"})
    void read_ofAnotherKindOfUserData_findsNoFilesInIt(String userData) throws IOException {
        new DriveTree(folder).personality(DriveTree.AGENT).write("openstack/latest/user_data", userData);
        checkOctaviasFiles(read());
    }

    @Test
    void read_ofAnEmptyDirectory_saysThatThisIsNoConfigDrive() throws IOException {
        assertFault("", "no config drive in the OpenStack layout");
    }

    @Test
    void read_ofABombInYamlOrGzip_refusesIt() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        cloudConfig(laughs.toString());
        assertFault("", "isn't YAML");
        cloudConfig("[".repeat(5000));
        assertFault("", "isn't YAML");
        new DriveTree(folder).write("openstack/latest/user_data", gzip(new byte[8 << 20]));
        assertFault("", "can't be decompressed");
    }

    @Test
    void fingerprint_changesWithAnyContentAndPath() throws IOException {
        new DriveTree(folder).personality(DriveTree.AGENT);
        String first = read().fingerprint();
        assertThat(read().fingerprint()).isEqualTo(first);
        new DriveTree(folder).write("openstack/content/0001", "CLIENT CB\n");
        assertThat(read().fingerprint()).isNotEqualTo(first);
    }

    @Test
    void find_withoutAnyDrive_saysWhereItLooked() {
        DriveFinder finder = new DriveFinder(List.of(folder.resolve("sr0")), List.of(folder.resolve("mnt")));
        assertThatThrownBy(finder::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config-2")
                .hasMessageContaining("sr0")
                .hasMessageContaining("mnt");
    }

    @Test
    void find_amongDevices_takesTheOneWithTheLabel() throws IOException {
        Path image = Path.of("src/test/resources/joliet.iso");
        Path other = Files.write(folder.resolve("other"), new byte[4096]);
        try (Drive drive = new DriveFinder(List.of(other, image), List.of(folder)).find()) {
            assertThat(OpenstackLayout.read(drive).files()).containsKey(AGENT_FILE);
        }
    }

    @Test
    void find_ofAMountedDirectory_takesIt() throws IOException {
        new DriveTree(folder).personality(DriveTree.AGENT);
        try (Drive drive = new DriveFinder(List.of(), List.of(folder)).find()) {
            assertThat(drive.origin()).isEqualTo(folder.toString());
        }
    }

    @Test
    void open_ofNothingOrSomethingElse_saysWhat() throws IOException {
        assertThatThrownBy(() -> DriveFinder.open(folder.resolve("none"))).hasMessageContaining("there is no");
        Path file = Files.write(folder.resolve("file"), new byte[65536]);
        assertThatThrownBy(() -> DriveFinder.open(file)).hasMessageContaining("neither an ISO 9660 nor a FAT");
    }

    private void assertFault(String key, String rule) throws IOException {
        assertThat(read().faults())
                .anyMatch(f -> f.key().equals(key) && f.rule().contains(rule))
                .allMatch(f -> f.origin().startsWith(folder.toString()))
                .extracting(ProfileFault::toString)
                .allMatch(text -> text.length() < 500);
    }

    private void cloudConfig(String text) {
        new DriveTree(folder)
                .write("openstack/latest/meta_data.json", "{\"uuid\":\"" + DriveTree.INSTANCE + "\"}")
                .write("openstack/latest/user_data", "#cloud-config\n" + text);
    }

    private DriveContents read() throws IOException {
        try (Drive drive = DriveFinder.open(folder)) {
            return OpenstackLayout.read(drive);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        }
        return zipped.toByteArray();
    }

    private static String text(DriveContents contents, String path) {
        return new String(contents.files().get(path), StandardCharsets.UTF_8);
    }
}
