// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Declarative Services components, as bnd wrote them down. */
class ComponentsTest {
    private static final Pattern FIELD = Pattern.compile("<reference [^>]*\\bfield=\"([^\"]+)\"");

    @Test
    void components_takeTheirReferencesInTheConstructorOrAMethod() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path folder : House.folders()) {
            try (JarFile jar = new JarFile(House.jar(folder).toFile())) {
                for (var entries = jar.entries(); entries.hasMoreElements(); ) {
                    var entry = entries.nextElement();
                    if (entry.getName().matches("OSGI-INF/[^/]+\\.xml")) {
                        Matcher found = FIELD.matcher(
                                new String(jar.getInputStream(entry).readAllBytes(), "UTF-8"));
                        while (found.find()) {
                            wrong.add(House.name(folder) + " " + entry.getName() + " field " + found.group(1));
                        }
                    }
                }
            }
        }
        assertThat(wrong)
                .as("field injection hides what an object needs, and a test can't give it")
                .isEmpty();
    }
}
