// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.ProfileFault;

/**
 * Reads a drive as Nova lays it out, in both forms that Octavia uses: injected files listed in {@code meta_data.json},
 * and a cloud-config with {@code write_files} as {@code user_data}. A file of the second form replaces one of the
 * first, as it does with cloud-init.
 */
public final class OpenstackLayout {
    static final String META_DATA = "openstack/latest/meta_data.json";

    private static final String USER_DATA = "openstack/latest/user_data";
    private static final Pattern CONTENT_PATH = Pattern.compile("/?content/[A-Za-z0-9._-]{1,64}");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Drive drive;
    private final Map<String, byte[]> files = new HashMap<>();
    private final List<ProfileFault> faults = new ArrayList<>();

    private OpenstackLayout(Drive drive) {
        this.drive = drive;
    }

    /** Reads the whole drive. What is missing or wrong is a fault in the result; the rest is in it nevertheless. */
    public static DriveContents read(Drive drive) {
        OpenstackLayout layout = new OpenstackLayout(drive);
        String instance = layout.metaData();
        layout.userData();
        return new DriveContents(instance, layout.files, layout.faults);
    }

    private FileCollector collector(String path) {
        return new FileCollector(drive.origin() + "/" + path, files, faults);
    }

    private String metaData() {
        FileCollector into = collector(META_DATA);
        byte[] content = content(into, META_DATA);
        if (content == null) {
            if (faults.isEmpty()) {
                into.fault("", null, "there is no such file: this is no config drive in the OpenStack layout");
            }
            return "";
        }
        try {
            if (StringYaml.parse(FileCollector.text(content)) instanceof Map<?, ?> map) {
                injected(into, map.get("files"));
                return instance(into, map.get("uuid"));
            }
            into.fault("", null, "must be a JSON object");
        } catch (StringYaml.Malformed e) {
            into.fault("", null, "isn't JSON: " + e.getMessage());
        }
        return "";
    }

    private static String instance(FileCollector into, @Nullable Object uuid) {
        if (uuid instanceof String text && INSTANCE.matcher(text).matches()) {
            return text;
        }
        into.fault("uuid", null, "is required: the instance's id, by which the drive is imported once");
        return "";
    }

    private void injected(FileCollector into, @Nullable Object list) {
        if (list == null || list.equals("null")) {
            return;
        }
        if (!(list instanceof List<?> entries)) {
            into.fault("files", null, "must be a list");
            return;
        }
        int number = 0;
        for (Object entry : entries) {
            String key = "files[" + ++number + "]";
            if (entry instanceof Map<?, ?> map
                    && map.get("path") instanceof String path
                    && map.get("content_path") instanceof String contentPath) {
                injected(into, key, path, contentPath);
            } else {
                into.fault(key, null, "must have path and content_path");
            }
        }
    }

    private void injected(FileCollector into, String key, String path, String contentPath) {
        if (!CONTENT_PATH.matcher(contentPath).matches()) {
            into.fault(key + ".content_path", null, "must be /content/NAME");
            return;
        }
        String source = "openstack/" + (contentPath.startsWith("/") ? contentPath.substring(1) : contentPath);
        int before = faults.size();
        byte[] content = content(into, source);
        if (content != null) {
            into.put(key + ".path", path, content);
        } else if (faults.size() == before) {
            into.fault(key + ".content_path", contentPath, "there is no such file on the drive");
        }
    }

    private void userData() {
        FileCollector into = collector(USER_DATA);
        byte[] content = content(into, USER_DATA);
        if (content != null) {
            new CloudConfig(into).collect(content);
        }
    }

    /** A file's content; null when there is none, or it can't be read, which is a fault. */
    private byte @Nullable [] content(FileCollector into, String path) {
        try {
            Optional<byte[]> content = drive.read(path);
            return content.orElse(null);
        } catch (IOException e) {
            into.fault("", null, "can't be read: " + e.getMessage());
            return null;
        }
    }
}
