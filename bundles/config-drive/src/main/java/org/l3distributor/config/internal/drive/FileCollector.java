// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.config.internal.image.Volume;
import org.l3distributor.distributor.profile.ProfileFault;

/** Collects the files that one document of the drive brings, and refuses those that must not be written. */
final class FileCollector {
    private static final int MOST_FILES = 64;
    private static final int MOST_BYTES = 4 * Volume.MAX_FILE;
    /** Absolute, of names that are neither empty nor "." nor "..", without control characters. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\p{Cntrl}]{1,255})+");

    private final String origin;
    private final Map<String, byte[]> files;
    private final List<ProfileFault> faults;

    FileCollector(String origin, Map<String, byte[]> files, List<ProfileFault> faults) {
        this.origin = origin;
        this.files = files;
        this.faults = faults;
    }

    void fault(String key, @Nullable String value, String rule) {
        faults.add(new ProfileFault(origin, "", key, value, rule));
    }

    void put(String key, String path, byte[] content) {
        if (path.length() > 1024 || !PATH.matcher(path).matches()) {
            fault(
                    key,
                    path.length() > 80 ? path.substring(0, 80) + "..." : path.replaceAll("\\p{Cntrl}", "?"),
                    "must be an absolute path without '.', '..' or empty names");
        } else if (collides(path)) {
            fault(key, path, "must not be a file and a directory at once");
        } else if (!files.containsKey(path) && files.size() >= MOST_FILES) {
            fault(key, path, "is one file too many: at most " + MOST_FILES);
        } else if (files.values().stream().mapToLong(f -> f.length).sum() + content.length > MOST_BYTES) {
            fault(key, path, "makes the files too large together: at most " + MOST_BYTES + " bytes");
        } else {
            files.put(path, content);
        }
    }

    private boolean collides(String path) {
        return files.keySet().stream().anyMatch(f -> f.startsWith(path + "/") || path.startsWith(f + "/"));
    }

    void append(String key, String path, byte[] content) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(files.getOrDefault(path, new byte[0]));
        whole.writeBytes(content);
        put(key, path, whole.toByteArray());
    }

    /** Text in UTF-8; a broken sequence becomes U+FFFD, which no rule allows. */
    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
