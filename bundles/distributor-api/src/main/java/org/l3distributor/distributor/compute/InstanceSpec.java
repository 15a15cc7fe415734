// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.Port;

/**
 * What an instance is to be.
 *
 * @param amphoraId 1..36 letters, digits and '-': what the instance is known by
 * @param name for people, 1..255 characters
 * @param ports its network cards in this order, the management network's first; at least one
 * @param files absolute path on the instance to content, put on its config drive; at most 256 KiB together. They hold
 *     keys: {@link #toString()} shows sizes only
 * @param failureDomainWish where it should run, null: anywhere
 * @param userData whether the files go into {@code user_data} as a cloud-config, as Octavia's option {@code
 *     user_data_config_drive} says, instead of as injected files
 */
public record InstanceSpec(
        String amphoraId,
        String name,
        List<Port> ports,
        Map<String, byte[]> files,
        @Nullable String failureDomainWish,
        boolean userData) {
    public static final int MAX_BYTES = 256 * 1024;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.-]{1,255}){1,16}");

    public InstanceSpec {
        if (!ID.matcher(amphoraId).matches()) {
            throw new IllegalArgumentException("amphora id: 1..36 letters, digits and '-', not " + amphoraId);
        }
        if (name.isEmpty() || name.length() > 255) {
            throw new IllegalArgumentException("name: 1..255 characters, not " + name.length());
        }
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("an instance without a port can't be reached");
        }
        ports = List.copyOf(ports);
        Map<String, byte[]> copies = new TreeMap<>();
        long bytes = 0;
        for (var file : files.entrySet()) {
            if (!PATH.matcher(file.getKey()).matches()
                    || Arrays.asList(file.getKey().split("/")).contains("..")) {
                throw new IllegalArgumentException("not an absolute path: " + file.getKey());
            }
            copies.put(file.getKey(), file.getValue().clone());
            bytes += file.getValue().length;
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("files of " + bytes + " bytes, more than " + MAX_BYTES);
        }
        files = Collections.unmodifiableMap(copies);
    }

    @Override
    public String toString() {
        Map<String, Integer> sizes = new TreeMap<>();
        files.forEach((path, content) -> sizes.put(path, content.length));
        return "InstanceSpec[amphoraId=" + amphoraId + ", name=" + name + ", ports="
                + ports.stream().map(Port::id).toList() + ", files=" + sizes + ", failureDomainWish="
                + failureDomainWish + ", userData=" + userData + "]";
    }
}
