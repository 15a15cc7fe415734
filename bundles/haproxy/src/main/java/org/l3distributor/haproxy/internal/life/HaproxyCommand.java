// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.nio.file.Path;
import java.util.List;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/**
 * HAProxy's command lines, with Octavia's flags.
 *
 * @param program the executable
 */
record HaproxyCommand(String program) {
    List<String> serve(LoadBalancerFiles files, String peer) {
        return List.of(
                program,
                "-Ws",
                "-f",
                files.configuration().toString(),
                "-f",
                files.userGroup().toString(),
                "-p",
                files.pid().toString(),
                "-L",
                peer);
    }

    List<String> check(LoadBalancerFiles files, Path configuration, String peer) {
        return List.of(
                program,
                "-c",
                "-L",
                peer,
                "-f",
                configuration.toString(),
                "-f",
                files.userGroup().toString());
    }

    List<String> version() {
        return List.of(program, "-v");
    }
}
