// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to be started.
 *
 * @param command its absolute path and its arguments
 * @param environment all that it gets beside PATH and LC_ALL=C; nothing is inherited
 * @param log to which its output is appended; made when it isn't there, with its directory
 */
public record Program(List<String> command, Map<String, String> environment, Path log) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        check(command);
    }

    static void check(List<String> command) {
        if (command.isEmpty() || !command.get(0).startsWith("/")) {
            throw new IllegalArgumentException("a command begins with the absolute path of a program: " + command);
        }
    }
}
