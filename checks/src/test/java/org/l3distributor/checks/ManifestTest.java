// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManifestTest {
    @Test
    void everyFolder_isInThePlan() {
        assertThat(House.folders().stream().map(House::name).collect(Collectors.toSet()))
                .as("a bundle that isn't in House.PLAN is checked by nobody")
                .isSubsetOf(House.PLAN.keySet());
    }

    @Test
    void everyBundle_saysWhoItIsAndExportsOnlyVersionedPublicPackages() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path folder : House.folders()) {
            Attributes manifest = manifest(folder);
            String name = House.name(folder);
            if (!("org.l3distributor." + name).equals(manifest.getValue("Bundle-SymbolicName"))) {
                wrong.add(name + ": Bundle-SymbolicName is " + manifest.getValue("Bundle-SymbolicName"));
            }
            for (String export : clauses(manifest.getValue("Export-Package"))) {
                String exported = export.split(";", 2)[0]; // what follows names packages of others, too
                if (!export.contains(";version=") || exported.contains(".internal") || exported.contains("*")) {
                    wrong.add(name + ": exports " + export);
                }
            }
            for (String imported : clauses(manifest.getValue("Import-Package"))) {
                boolean jspecify = imported.startsWith("org.jspecify.annotations");
                if (jspecify && !imported.contains("resolution:=optional")) {
                    wrong.add(name + ": " + imported + " isn't optional");
                }
            }
            for (String header : new String[] {"Bundle-Activator", "DynamicImport-Package", "Require-Bundle"}) {
                if (manifest.getValue(header) != null) {
                    wrong.add(name + ": has a " + header);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackage_liesInOneBundleAndUnderItsPrefix() throws IOException {
        Map<String, String> homes = new HashMap<>();
        Set<String> wrong = new TreeSet<>();
        for (Path folder : House.folders()) {
            String bundle = House.name(folder);
            for (String packageName : packages(folder)) {
                String other = homes.put(packageName, bundle);
                if (other != null) {
                    wrong.add(packageName + " is in " + other + " and in " + bundle);
                }
                if (House.PLAN.containsKey(bundle) && !House.owns(bundle, packageName)) {
                    wrong.add(packageName + " isn't under the prefix of " + bundle);
                }
            }
        }
        assertThat(wrong)
                .as("a split package is two halves that the wiring may or may not bring together")
                .isEmpty();
    }

    private static Attributes manifest(Path folder) throws IOException {
        try (JarFile jar = new JarFile(House.jar(folder).toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static Set<String> packages(Path folder) throws IOException {
        try (JarFile jar = new JarFile(House.jar(folder).toFile())) {
            return jar.stream()
                    .map(java.util.zip.ZipEntry::getName)
                    .filter(n -> n.endsWith(".class") && n.contains("/") && !n.startsWith("META-INF/"))
                    .map(n -> n.substring(0, n.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Splits a header at the commas that are not inside quotes. */
    private static Set<String> clauses(String header) {
        return header == null
                ? Set.of()
                : new TreeSet<>(java.util.List.of(header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")));
    }
}
