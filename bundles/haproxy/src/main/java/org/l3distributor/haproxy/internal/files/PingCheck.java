// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program of PING health monitors: configurations name it by one path, and an amphora brings it. HAProxy's worker
 * runs it as nobody, without an environment to speak of and without the right to gain privileges: it sends by a datagram
 * socket, which the namespace permits every group (ping_group_range).
 */
final class PingCheck {
    /** What every controller writes, whatever base path its amphorae have; it is below ours that the program lies. */
    private static final Pattern NAMED = Pattern.compile(
            "^([ \\t]*external-check[ \\t]+command[ \\t]+)/var/lib/octavia/ping-wrapper\\.sh(?=[ \\t]*$)",
            Pattern.MULTILINE);

    private static final Pattern CHROOT = Pattern.compile("^[ \\t]*chroot[ \\t]", Pattern.MULTILINE);
    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PASSAGE =
            EnumSet.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    /** HAProxy ends it when the monitor's own timeout is over; the 10 s only bound what would outlive HAProxy. */
    private static final String PROGRAM = """
            #!/bin/sh
            # SPDX-License-Identifier: Apache-2.0
            # Run by HAProxy for PING health monitors: PROXY_ADDRESS PROXY_PORT SERVER_ADDRESS SERVER_PORT
            case $3 in
                *:*) family=-6 ;;
                *) family=-4 ;;
            esac
            exec %s "$family" -n -q -c 1 -W 10 -- "$3" >/dev/null 2>&1
            """;

    private final Path base;
    private final Path file;
    private final List<Path> pings;

    /** @param pings where the program ping may be */
    PingCheck(Path base, List<Path> pings) {
        this.base = base;
        this.file = base.resolve("ping-wrapper.sh");
        this.pings = List.copyOf(pings);
    }

    /** @param configuration as {@link #placed} gives it */
    boolean isIn(String configuration) {
        return configuration
                .lines()
                .map(String::strip)
                .anyMatch(line -> line.startsWith("external-check") && line.endsWith(" " + file));
    }

    /** The configuration with the program's place on this host. */
    String placed(String configuration) {
        return NAMED.matcher(configuration).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + file));
    }

    /**
     * Puts the program where HAProxy's worker can run it.
     *
     * @return why that can't be: every check would fail then, and take all members down
     * @throws IOException when the disk refused
     */
    Optional<String> install(String configuration) throws IOException {
        Optional<Path> ping = pings.stream().filter(Files::isExecutable).findFirst();
        if (ping.isEmpty()) {
            return refused("the program ping isn't installed here (Debian: iputils-ping)");
        }
        if (CHROOT.matcher(configuration).find()) {
            return refused("HAProxy can't reach its program from a chroot");
        }
        for (Path above = base.toRealPath().getParent(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return refused(above + " is closed to others, and HAProxy's worker has to pass it to reach " + file);
            }
        }
        open();
        write(String.format(PROGRAM, ping.get()).getBytes(StandardCharsets.UTF_8));
        return Optional.empty();
    }

    private static Optional<String> refused(String why) {
        return Optional.of("no PING health monitor can work: " + why);
    }

    /** To be passed, not listed. What is secret in it is for root alone by its own permissions. */
    private void open() throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(base));
        if (permissions.addAll(PASSAGE)) {
            Files.setPosixFilePermissions(base, permissions);
        }
    }

    private void write(byte[] program) throws IOException {
        if (!Files.exists(file)
                || !Files.getPosixFilePermissions(file).equals(FOR_ALL)
                || !Arrays.equals(Files.readAllBytes(file), program)) {
            DurableFiles.replace(file, program, FOR_ALL);
        }
    }
}
