// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.l3distributor.netns.Program;

/** Starts a program in a namespace, prints its pid and ends; to be run as a process of its own. */
final class StartAndEnd {
    private StartAndEnd() {}

    public static void main(String[] arguments) {
        List<String> command = List.of(arguments).subList(2, arguments.length);
        try (Processes processes = new Processes()) {
            long pid = processes
                    .start(arguments[0], new Program(command, Map.of(), Path.of(arguments[1])))
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join()
                    .pid();
            System.out.println("pid " + pid);
        }
    }
}
