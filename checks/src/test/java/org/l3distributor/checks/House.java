// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The plan of the house: each bundle, its one package prefix, and the bundles that it may use. */
final class House {
    record Bundle(String prefix, Set<String> mayUse) {}

    static final Map<String, Bundle> PLAN = Map.ofEntries(
            Map.entry("net-types", new Bundle("org.l3distributor.net", Set.of())),
            Map.entry("bgp-codec", new Bundle("org.l3distributor.bgp.(message|codec)", Set.of("net-types"))),
            Map.entry("bgp-fsm", new Bundle("org.l3distributor.bgp.speaker", Set.of("net-types", "bgp-codec"))),
            Map.entry("netns", new Bundle("org.l3distributor.netns", Set.of("net-types"))),
            Map.entry("heartbeat", new Bundle("org.l3distributor.heartbeat", Set.of("net-types"))),
            Map.entry("haproxy", new Bundle("org.l3distributor.haproxy", Set.of("net-types", "netns", "heartbeat"))),
            Map.entry("distributor-api", new Bundle("org.l3distributor.distributor", Set.of("net-types"))),
            Map.entry(
                    "amphora-core",
                    new Bundle("org.l3distributor.amphora", Set.of("net-types", "distributor-api", "bgp-fsm"))),
            Map.entry(
                    "load-balancer",
                    new Bundle(
                            "org.l3distributor.loadbalancer",
                            Set.of("net-types", "distributor-api", "netns", "haproxy"))),
            Map.entry("roles", new Bundle("org.l3distributor.roles", Set.of("distributor-api"))),
            Map.entry("config-drive", new Bundle("org.l3distributor.config", Set.of("net-types", "distributor-api"))),
            Map.entry("relational", new Bundle("org.l3distributor.relational", Set.of())),
            Map.entry(
                    "controller-store",
                    new Bundle(
                            "org.l3distributor.controller.store",
                            Set.of("net-types", "distributor-api", "relational"))),
            Map.entry(
                    "store-jpa",
                    new Bundle("org.l3distributor.store", Set.of("net-types", "distributor-api", "relational"))),
            Map.entry(
                    "network-local",
                    new Bundle("org.l3distributor.network.local", Set.of("net-types", "distributor-api"))),
            Map.entry(
                    "driver-noop", new Bundle("org.l3distributor.driver.noop", Set.of("net-types", "distributor-api"))),
            Map.entry(
                    "compute-noop",
                    new Bundle("org.l3distributor.compute.noop", Set.of("net-types", "distributor-api"))),
            Map.entry(
                    "compute-local",
                    new Bundle("org.l3distributor.compute.local", Set.of("net-types", "distributor-api"))),
            Map.entry(
                    "controller-core",
                    new Bundle(
                            "org.l3distributor.controller.core",
                            Set.of("net-types", "distributor-api", "amphora-client", "heartbeat"))),
            Map.entry("amphora-client", new Bundle("org.l3distributor.client", Set.of("net-types", "distributor-api"))),
            Map.entry(
                    "driver-l3bgp",
                    new Bundle(
                            "org.l3distributor.driver.l3bgp",
                            Set.of("net-types", "distributor-api", "amphora-client"))),
            Map.entry(
                    "controller-rest",
                    new Bundle("org.l3distributor.controller.rest", Set.of("net-types", "distributor-api", "http"))),
            Map.entry("http", new Bundle("org.l3distributor.http", Set.of("net-types"))),
            Map.entry("systemd", new Bundle("org.l3distributor.systemd", Set.of("distributor-api"))),
            Map.entry("persistence-api", new Bundle("javax.persistence", Set.of())),
            Map.entry("rest", new Bundle("org.l3distributor.rest", Set.of("net-types", "distributor-api", "http"))),
            Map.entry(
                    "controller-console",
                    new Bundle(
                            "org.l3distributor.controller.console", Set.of("net-types", "distributor-api", "console"))),
            Map.entry("console", new Bundle("org.l3distributor.console", Set.of("net-types", "distributor-api"))));

    private House() {}

    static boolean owns(String bundle, String packageName) {
        return packageName.matches(PLAN.get(bundle).prefix() + "(\\..*)?");
    }

    /** The folders below bundles/ that hold a POM. */
    static List<Path> folders() {
        try (Stream<Path> entries = Files.list(Path.of("..", "bundles"))) {
            return entries.filter(p -> Files.exists(p.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path folder) {
        return folder.getFileName().toString();
    }

    /** The one jar that the build made in a bundle's folder. */
    static Path jar(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            return files.filter(p ->
                            p.getFileName().toString().matches(name(folder) + "-[0-9].*(?<!-tests|-sources)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar in " + folder + "/target: build it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(folders().stream()
                        .map(f -> f.resolve("target/classes"))
                        .filter(Files::isDirectory)
                        .toList());
    }
}
