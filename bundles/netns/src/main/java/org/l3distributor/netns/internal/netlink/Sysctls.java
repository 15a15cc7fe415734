// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;
import org.l3distributor.netns.NetnsPlan;

/**
 * Kernel settings below {@code /proc/sys/net}: each look-up there shows the namespace of the thread that makes it, so
 * nothing may be kept open over a change of namespace.
 */
final class Sysctls {
    private static final Path ROOT = Path.of("/proc/sys");
    private static final int VALUE_BYTES = 128;
    /** Not CREATE nor TRUNCATE_EXISTING: there is nothing to create, and a link that went away isn't a fault. */
    private static final OpenOption[] WRITE = {StandardOpenOption.WRITE};

    private Sysctls() {}

    static Map<String, String> read(List<Link> links) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (WriteSysctl sysctl : NetnsPlan.sysctls(links)) {
            try {
                values.put(sysctl.path(), read(ROOT.resolve(sysctl.path())));
            } catch (NoSuchFileException e) {
                // the link went away after it was listed; the kernel will say so
            }
        }
        return values;
    }

    /** In one read: of a setting the kernel gives nothing at any place but the first, and says that its length is 0. */
    private static String read(Path setting) throws IOException {
        byte[] value = new byte[VALUE_BYTES];
        try (InputStream in = Files.newInputStream(setting)) {
            return new String(value, 0, Math.max(0, in.read(value)), StandardCharsets.US_ASCII).strip();
        }
    }

    static void write(WriteSysctl sysctl) throws IOException {
        try {
            Files.writeString(ROOT.resolve(sysctl.path()), sysctl.value(), StandardCharsets.US_ASCII, WRITE);
        } catch (NoSuchFileException e) {
            if (sysctl.path().startsWith("net/ipv4/conf/all/")) {
                throw e;
            } // else the link went away after it was listed; the kernel will say so
        }
    }
}
