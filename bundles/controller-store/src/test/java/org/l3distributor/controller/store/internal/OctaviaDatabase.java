// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.l3distributor.relational.Dialect;

/** A database of Octavia's with rows in it, made by Octavia's own code (Debian's python3-octavia). */
final class OctaviaDatabase {
    /** Debian's, which sees Debian's packages. */
    private static final String PYTHON = "/usr/bin/python3";

    private OctaviaDatabase() {}

    static Settings fresh(Dialect dialect, Path directory) throws Exception {
        Settings settings = DatabaseServers.fresh(dialect, directory);
        String url = dialect == Dialect.SQLITE
                ? "sqlite:///" + settings.file()
                : DatabaseServers.server(dialect).pythonUrl(settings);
        Path script = directory.resolve("octavia_database.py");
        try (InputStream in = OctaviaDatabase.class.getResourceAsStream("octavia_database.py")) {
            Files.write(script, in.readAllBytes());
        }
        Process process = new ProcessBuilder(
                        PYTHON, script.toString(), url, dialect == Dialect.MARIADB ? "migrations" : "models")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("Octavia's code failed: " + said);
        }
        return settings;
    }

    /** The ids that the script makes. */
    static String id(int kind, int number) {
        return "%08d-0000-4000-8000-%012d".formatted(kind, number);
    }
}
