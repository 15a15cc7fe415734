// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What /proc says of HAProxy's processes. */
final class ProcessTable {
    private final Path proc;

    ProcessTable() {
        this(Path.of("/proc"));
    }

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /**
     * The master that was started with this pid file. It is looked for among all processes, not read from the file: an
     * appliance that is killed between the start and the writing of the file would otherwise start a second HAProxy
     * beside the first, and the kernel would share connections between the two.
     */
    OptionalLong master(Path pidFile) {
        Set<Long> all = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                if (usesPidFile(entry, pidFile.toString())) {
                    all.add(Long.parseLong(entry.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("list " + proc, e);
        }
        // Workers are forks of the master with the same words on their command line.
        return all.stream()
                .filter(pid -> !all.contains(parent(pid)))
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static boolean usesPidFile(Path entry, String pidFile) {
        List<String> words = words(entry);
        int option = words.indexOf("-p");
        return option >= 0
                && option + 1 < words.size()
                && words.get(option + 1).equals(pidFile)
                && words.contains("-Ws");
    }

    private static List<String> words(Path entry) {
        try {
            return List.of(Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of(); // it ended while we looked
        }
    }

    /** 0 when there is no such process. */
    private long parent(long pid) {
        try {
            String stat = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may hold anything, a parenthesis too.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", 3)[1]);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The workers of a master, old and new; empty when it isn't there. */
    List<Long> workers(long master) {
        try {
            String text = Files.readString(proc.resolve(master + "/task/" + master + "/children"));
            List<Long> workers = new ArrayList<>();
            for (String word : text.strip().split(" ", -1)) {
                if (!word.isEmpty()) {
                    workers.add(Long.parseLong(word));
                }
            }
            return workers;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Which network namespace a process is in; null when there is no such process. */
    boolean isIn(long pid, Path namespace) {
        try {
            Object its = Files.getAttribute(proc.resolve(pid + "/ns/net"), "unix:ino");
            return its.equals(Files.getAttribute(namespace, "unix:ino"));
        } catch (IOException e) {
            return false;
        }
    }
}
