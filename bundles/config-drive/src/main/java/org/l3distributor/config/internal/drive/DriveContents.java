// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.l3distributor.distributor.profile.ProfileFault;

/**
 * What a config drive brings.
 *
 * @param instance the instance's {@code uuid}; "" when the drive doesn't say
 * @param files by the absolute path where the instance expects them
 * @param faults what is wrong with the drive; the rest has been read nevertheless
 */
public record DriveContents(String instance, SortedMap<String, byte[]> files, List<ProfileFault> faults) {
    public DriveContents(String instance, Map<String, byte[]> files, List<ProfileFault> faults) {
        this(instance, Collections.unmodifiableSortedMap(new TreeMap<>(files)), List.copyOf(faults));
    }

    public DriveContents {
        faults = List.copyOf(faults);
    }

    /** The same for the same files: SHA-256 over paths and contents. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
