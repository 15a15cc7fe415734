// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the process that a machine's file {@code process} names still runs. The file holds its pid and the time of its
 * start, field 22 of {@code /proc/PID/stat}: a pid alone may have become somebody else's (proc(5)).
 */
final class Liveness {
    private static final int STATE = 0; // fields behind the program's name in brackets, which may hold anything
    private static final int START = 19;

    private Liveness() {}

    static boolean alive(Path machine) {
        return alive(machine, Path.of("/proc"));
    }

    static boolean alive(Path machine, Path proc) {
        try {
            String[] wanted =
                    Files.readString(machine.resolve("process"), UTF_8).strip().split(" ", -1);
            if (wanted.length != 2 || !wanted[0].matches("[0-9]{1,10}")) {
                return false;
            }
            String stat = Files.readString(proc.resolve(wanted[0]).resolve("stat"), UTF_8);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[START].equals(wanted[1]) && !fields[STATE].equals("Z");
        } catch (IOException e) {
            return false; // there is no such file: it never ran, or no such process: it has ended
        }
    }
}
