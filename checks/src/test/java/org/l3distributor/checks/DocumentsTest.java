// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the documents name classes, tests and steps of the lab that are there. */
class DocumentsTest {
    private static final Path PROJECT = Path.of("..");

    /** A class, or a class in a class, in backticks. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.[A-Z]\\w*)?`");

    /** A step of the lab; three dots stand for the rest of its name. */
    private static final Pattern STEP = Pattern.compile("lab(?: dedicated| cluster)?, \"([^\"]+?)(?: \\.\\.\\.)?\"");

    @ParameterizedTest
    @ValueSource(strings = {"rfc.md", "specification.md"})
    void table_namesWhatIsThere(String document) throws IOException {
        Set<String> classes = new TreeSet<>();
        for (String below : List.of("bundles", "checks/src", "itests/src")) {
            for (Path source : sources(below, ".java")) {
                classes.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        String lab = sources("lab", ".py").stream().map(DocumentsTest::text).collect(Collectors.joining());

        String rows = Files.readAllLines(PROJECT.resolve("docs").resolve(document)).stream()
                .filter(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n"));
        Set<String> named = found(CLASS, rows);
        assertThat(named).as("classes named in %s", document).isNotEmpty();
        named.removeAll(classes);
        assertThat(named).as("classes named in %s that aren't there", document).isEmpty();
        assertThat(found(STEP, rows).stream().filter(step -> !lab.contains(step)))
                .as("steps of the lab named in %s that aren't there", document)
                .isEmpty();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static List<Path> sources(String below, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(below))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
