// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A program whose machines are processes that sleep; it writes down what it is asked for, a word a line. */
final class FakeProgram {
    private static final String TEXT = """
            #!/bin/sh
            set -eu
            here=$1 verb=$2 machine=$3
            { echo "$verb"; shift 3; for word in "$@"; do echo "  $word"; done; } >>"$here/calls"
            if [ -e "$here/hangs" ]; then exec sleep 60; fi
            if [ -e "$here/fails" ]; then echo "there is no room in the rack"; exit 3; fi
            runs() {
                [ -s "$machine/process" ] && read -r pid start <"$machine/process" &&
                    [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2>/dev/null)" = "$start" ]
            }
            case $verb in
                start)
                    runs && exit 0
                    sleep 300 >/dev/null 2>&1 </dev/null &
                    echo "$! $(cut -d' ' -f22 "/proc/$!/stat")" >"$machine/process" ;;
                stop)
                    if runs; then kill -9 "$pid"; fi ;;
            esac
            """;

    private final Path here;

    FakeProgram(Path here) throws IOException {
        this.here = here;
        Path file = here.resolve("program");
        Files.writeString(file, TEXT, UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    Program program(Duration patience) {
        return new Program(List.of(here.resolve("program").toString(), here.toString()), patience);
    }

    void becomes(String what) throws IOException {
        Files.writeString(here.resolve(what), "", UTF_8);
    }

    void recovers() throws IOException {
        Files.deleteIfExists(here.resolve("fails"));
        Files.deleteIfExists(here.resolve("hangs"));
    }

    List<String> calls() throws IOException {
        Path calls = here.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls, UTF_8) : List.of();
    }
}
