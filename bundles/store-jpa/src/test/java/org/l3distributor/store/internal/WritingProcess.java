// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A child process that registers and unregisters until it is killed, and says each step on standard output after the
 * store returned. Arguments: directory, number of the first step, number of steps.
 */
public final class WritingProcess {
    private WritingProcess() {}

    public static void main(String[] args) throws Exception {
        int first = Integer.parseInt(args[1]);
        int steps = Integer.parseInt(args[2]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        try (JpaStore store = JpaStore.open(Path.of(args[0]))) {
            out.println("open");
            for (int step = first; step < first + steps; step++) {
                step(store, step);
                out.println(step);
            }
        }
    }

    /** Step n adds registration n; each third one also removes registration n-2. */
    private static void step(JpaStore store, int n) throws Exception {
        store.apply(List.of(Wishes.nth(n)), removes(n) ? List.of(Wishes.nth(n - 2)) : List.of());
    }

    static boolean removes(int step) {
        return step % 3 == 2;
    }
}
