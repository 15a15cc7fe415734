// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.roles.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleBookTest {
    @TempDir
    Path data;

    private Path file;
    private Set<String> installed = Set.of();
    private RoleBook book;

    @BeforeEach
    void open() {
        file = data.resolve("roles/installed");
        book = new RoleBook(() -> installed, new RolesFile(file));
    }

    @Test
    void change_isWrittenForTheLauncher_oneRoleALineInOrder() throws IOException {
        installed = Set.of("distributor", "amphora");
        book.changed();
        assertThat(file).hasContent("amphora\ndistributor\n");
        try (Stream<Path> files = Files.list(data.resolve("roles"))) {
            assertThat(files).as("nothing half-written is left").containsExactly(file);
        }
    }

    @Test
    void lastRoleGone_leavesAnEmptyFile_notNone() throws IOException {
        installed = Set.of("distributor");
        book.changed();
        installed = Set.of();
        book.changed();
        assertThat(file).exists().isEmptyFile();
    }

    @Test
    void rolesAsTheyWere_areNotWrittenAgain() throws IOException {
        installed = Set.of("distributor");
        book.changed();
        Object before = Files.getAttribute(file, "unix:ino");
        book.changed();
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void listeners_areToldEveryChange_untilTheyLeave() throws Exception {
        List<Set<String>> told = new ArrayList<>();
        AutoCloseable listening = book.listen(told::add);
        installed = Set.of("amphora");
        book.changed();
        listening.close();
        installed = Set.of();
        book.changed();
        assertThat(told).containsExactly(Set.of("amphora"));
        assertThat(book.roles()).isEmpty();
    }

    @Test
    void fileThatCannotBeWritten_changesNothingForTheListeners() throws IOException {
        Files.createFile(data.resolve("roles")); // a file where the folder should be
        List<Set<String>> told = new ArrayList<>();
        book.listen(told::add);
        installed = Set.of("amphora");
        book.changed();
        assertThat(told).containsExactly(Set.of("amphora"));
    }
}
