// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption;

/** The distribution as built, in which tests run: its options, and the way to its files from inside. */
final class Container {
    private static Router router;

    private Container() {}

    /** A container with these features, comma-separated, on a data directory and a config drive of its own. */
    static Option[] with(String features) throws Exception {
        Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target/container")), "run")
                .toAbsolutePath();
        Drive.write(work.resolve("drive"), Pki.make(work.resolve("pki")));
        Pki.make(work.resolve("others"));
        Path pki = work.resolve("pki");
        Files.writeString(ControllerFiles.heartbeatKey(pki), "a secret\n");
        ControllerFiles.write(work.resolve("controller"), pki);
        return options(
                composite(controller(work.resolve("controller"))),
                karafDistributionConfiguration()
                        .frameworkUrl(new File(System.getProperty("l3d.distribution"))
                                .toURI()
                                .toString())
                        .name("L3 Distributor")
                        .karafVersion(System.getProperty("karaf.version"))
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole(),
                configureConsole().ignoreRemoteShell(),
                logLevel(LogLevelOption.LogLevel.INFO),
                editConfigurationFilePut("etc/org.l3distributor.agent.cfg", "bgp.listen.port", Drive.LISTEN_PORT),
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
                systemProperty("l3d.data").value(work.resolve("data").toString()),
                systemProperty("l3d.config.drive").value(work.resolve("drive").toString()),
                systemProperty("l3d.features").value(features),
                systemProperty("l3d.console.port").value("8101"),
                systemProperty("l3d.openapi")
                        .value(Path.of("../docs/openapi.json").toAbsolutePath().toString()),
                vmOption("-XX:+UseSerialGC"),
                vmOption("-XX:TieredStopAtLevel=1"),
                vmOption("-Xmx256m"),
                vmOption("-Djdk.util.zip.disableZip64ExtraFieldValidation=true"),
                vmOption("--add-reads=java.xml=java.logging"),
                vmOption("--add-opens"),
                vmOption("java.base/java.security=ALL-UNNAMED"),
                vmOption("--add-opens"),
                vmOption("java.base/java.net=ALL-UNNAMED"),
                vmOption("--add-opens"),
                vmOption("java.base/java.lang=ALL-UNNAMED"),
                vmOption("--add-opens"),
                vmOption("java.base/java.util=ALL-UNNAMED"),
                vmOption("--add-opens"),
                vmOption("java.naming/javax.naming.spi=ALL-UNNAMED"),
                vmOption("--add-opens"),
                vmOption("java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED"),
                vmOption("-classpath"),
                vmOption("lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*" + File.pathSeparator + "lib/endorsed/*"));
    }

    /** The controller's settings, one key at a time over those that are shipped. */
    private static Option[] controller(Path files) throws IOException {
        List<Option> options = new ArrayList<>();
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] pair = line.split(" = ", 2);
                    options.add(editConfigurationFilePut("etc/" + file.getFileName(), pair[0], pair[1]));
                }
            }
        }
        return options.toArray(Option[]::new);
    }

    // ----- from inside -----

    /** What the config drive's certificates come from. */
    static Pki pki() {
        return Pki.in(work().resolve("pki"));
    }

    /** An authority that the appliance doesn't know. */
    static Pki others() {
        return Pki.in(work().resolve("others"));
    }

    /** Where HAProxy's files lie. */
    static Path haproxy() {
        return Drive.haproxy(work().resolve("drive"));
    }

    private static Path work() {
        return Path.of(System.getProperty("l3d.data")).getParent();
    }

    /** A file of the imported config drive, which is the truth once it was imported. */
    static Path imported(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("l3d.data"), "config"))) {
            return files.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** The one router of all tests in a container; its session stands. */
    static synchronized Router router() throws Exception {
        if (router == null) {
            router = new Router(Drive.ROUTER, Drive.ROUTER_AS);
        }
        router.awaitEstablished();
        return router;
    }

    /** A client with the controller's certificate, once REST answers. */
    static Controller controller() throws Exception {
        Await.until(
                "REST answers",
                Duration.ofSeconds(30),
                () -> Files.exists(Path.of(System.getProperty("karaf.data"), "run", "https")),
                () -> "no run/https");
        return new Controller(pki().controller());
    }
}
