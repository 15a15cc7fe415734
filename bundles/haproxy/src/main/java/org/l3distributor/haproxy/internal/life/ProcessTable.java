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

/** What /proc says of HAProxy's processes. */
final class ProcessTable {
    private static final int SIGUSR2 = 12;
    private static final int LOOKS = 5;

    private final Path proc;

    ProcessTable() {
        this(Path.of("/proc"));
    }

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /**
     * The master that was started with this pid file: the one that the file names, if it is one, else looked for among
     * all processes. An appliance that is killed between the start and the writing of the file would otherwise start a
     * second HAProxy beside the first, and the kernel would share connections between the two.
     */
    OptionalLong master(Path pidFile) {
        for (int look = 0; look < LOOKS; look++) {
            OptionalLong found = noted(pidFile);
            if (found.isPresent()) {
                return found;
            }
            boolean unclear = false;
            for (long pid : users(pidFile)) {
                if (!program(pid).isEmpty()) {
                    return OptionalLong.of(eldest(pid));
                }
                unclear = true; // it is ending; there may be others, which execute themselves anew just now
            }
            if (!unclear) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong noted(Path pidFile) {
        try {
            String text = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
            if (text.matches("\\d{1,10}")) {
                long pid = Long.parseLong(text);
                Path entry = proc.resolve(text);
                boolean executing = words(entry).equals(List.of(""));
                boolean ours = usesPidFile(entry, pidFile.toString()) || executing;
                return ours && !program(pid).isEmpty() ? OptionalLong.of(eldest(pid)) : OptionalLong.empty();
            }
        } catch (IOException e) {
            return OptionalLong.empty(); // then it is looked for
        }
        return OptionalLong.empty();
    }

    private List<Long> users(Path pidFile) {
        List<Long> users = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                if (usesPidFile(entry, pidFile.toString())) {
                    users.add(Long.parseLong(entry.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("list " + proc, e);
        }
        return users;
    }

    /**
     * Workers are forks of the master with the same words on their command line. The master's own can't be read while
     * it executes itself anew, so what tells them apart is who runs the same program as its parent.
     */
    private long eldest(long pid) {
        long parent = parent(pid);
        String program = program(pid);
        return parent != 0 && !program.isEmpty() && program.equals(program(parent)) ? eldest(parent) : pid;
    }

    /** Empty when there is no such process. */
    private String program(long pid) {
        try {
            return Files.readSymbolicLink(proc.resolve(pid + "/exe")).toString();
        } catch (IOException e) {
            return "";
        }
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

    /**
     * The workers of a master, old and new; empty when it isn't there. The kernel's list leaves some out when one ends
     * while it is read, so it is read until it says the same twice.
     */
    List<Long> workers(long master) {
        List<Long> before = children(master);
        for (int look = 0; look < LOOKS; look++) {
            List<Long> now = children(master);
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        return before;
    }

    private List<Long> children(long pid) {
        try {
            String text = Files.readString(proc.resolve(pid + "/task/" + pid + "/children"));
            List<Long> children = new ArrayList<>();
            for (String word : text.strip().split(" ", -1)) {
                if (!word.isEmpty()) {
                    children.add(Long.parseLong(word));
                }
            }
            return children;
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Whether a master would notice SIGUSR2 now. After each reload it executes itself once more, and what it is sent
     * before it has its handlers again is lost.
     */
    boolean hearsReload(long master) {
        try {
            for (String line : Files.readAllLines(proc.resolve(master + "/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("SigCgt:")) {
                    long caught = Long.parseUnsignedLong(
                            line.substring("SigCgt:".length()).strip(), 16);
                    return (caught >>> (SIGUSR2 - 1) & 1) == 1;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process belongs to this unit of systemd's, which has a control group of the unit's name. */
    boolean isOfUnit(long pid, String unit) {
        try {
            return Files.readAllLines(proc.resolve(pid + "/cgroup"), StandardCharsets.UTF_8).stream()
                    .anyMatch(line -> line.endsWith("/" + unit));
        } catch (IOException e) {
            return false; // it has ended, and is nobody's any more
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
