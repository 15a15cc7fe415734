// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.config.internal.image.Volume;

/** The {@code write_files} of a cloud-config, which is all of it that this appliance obeys. */
final class CloudConfig {
    private static final String HEADER = "#cloud-config";

    private final FileCollector files;

    CloudConfig(FileCollector files) {
        this.files = files;
    }

    /** Collects the files of a user_data, which may be compressed as a whole; other kinds of user_data hold none. */
    void collect(byte[] userData) {
        byte[] plain = userData;
        if (userData.length > 2 && (userData[0] & 0xFF) == 0x1F && (userData[1] & 0xFF) == 0x8B) {
            byte[] unzipped = gunzip(userData);
            if (unzipped == null) {
                files.fault(
                        "", null, "is compressed, and can't be decompressed to at most " + Volume.MAX_FILE + " bytes");
                return;
            }
            plain = unzipped;
        }
        String text = new String(plain, StandardCharsets.UTF_8);
        if (!text.startsWith(HEADER)) {
            return;
        }
        try {
            if (StringYaml.parse(text) instanceof Map<?, ?> map && map.containsKey("write_files")) {
                entries(map.get("write_files"));
            }
        } catch (StringYaml.Malformed e) {
            files.fault("", null, "isn't YAML: " + e.getMessage());
        }
    }

    private void entries(@Nullable Object list) {
        if (!(list instanceof List<?> entries)) {
            files.fault("write_files", null, "must be a list");
            return;
        }
        int number = 0;
        for (Object entry : entries) {
            number++;
            if (entry instanceof Map<?, ?> map) {
                entry("write_files[" + number + "]", map);
            } else {
                files.fault("write_files[" + number + "]", null, "must be a mapping with path and content");
            }
        }
    }

    private void entry(String key, Map<?, ?> entry) {
        Object path = entry.get("path");
        if (!(path instanceof String name)) {
            files.fault(key + ".path", null, "is required");
            return;
        }
        if (entry.containsKey("source")) {
            files.fault(key + ".source", name, "isn't supported: the content must be on the config drive");
            return;
        }
        byte[] content = decode(key, name, entry);
        if (content != null && flag(entry.get("append"))) {
            files.append(key + ".path", name, content);
        } else if (content != null) {
            files.put(key + ".path", name, content);
        }
    }

    private static boolean flag(@Nullable Object value) {
        return value instanceof String text && List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT));
    }

    /** The content in clear: each '+' part of {@code encoding} is taken off, from the right to the left. */
    private byte @Nullable [] decode(String key, String path, Map<?, ?> entry) {
        byte[] content;
        Object given = entry.get("content");
        if (given instanceof byte[] bytes) {
            content = bytes;
        } else if (given instanceof String text) {
            content = text.getBytes(StandardCharsets.UTF_8);
        } else if (given == null) {
            content = new byte[0];
        } else {
            files.fault(key + ".content", path, "must be text");
            return null;
        }
        String encoding = entry.get("encoding") instanceof String e
                ? e.toLowerCase(Locale.ROOT).strip()
                : "";
        return switch (encoding) {
            case "", "text/plain" -> content;
            case "b64", "base64" -> checked(key, path, base64(content), "isn't base64");
            case "gz", "gzip" -> checked(key, path, gunzip(content), "isn't gzip, or is too large");
            case "gz+b64", "gz+base64", "gzip+b64", "gzip+base64" -> {
                byte[] zipped = checked(key, path, base64(content), "isn't base64");
                yield zipped == null ? null : checked(key, path, gunzip(zipped), "isn't gzip, or is too large");
            }
            default -> {
                files.fault(key + ".encoding", encoding, "must be b64, gzip, gz+b64 or left out");
                yield null;
            }
        };
    }

    private byte @Nullable [] checked(String key, String path, byte @Nullable [] decoded, String rule) {
        if (decoded == null) {
            files.fault(key + ".content", path, rule);
        }
        return decoded;
    }

    private static byte @Nullable [] base64(byte[] text) {
        ByteArrayOutputStream compact = new ByteArrayOutputStream();
        for (byte b : text) {
            if (b > ' ') {
                compact.write(b);
            } else if (b < 0) {
                return null;
            }
        }
        try {
            return Base64.getDecoder().decode(compact.toByteArray());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte @Nullable [] gunzip(byte[] zipped) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] plain = in.readNBytes(Volume.MAX_FILE + 1);
            return plain.length > Volume.MAX_FILE ? null : plain;
        } catch (IOException e) {
            return null; // the caller says which content it was
        }
    }
}
