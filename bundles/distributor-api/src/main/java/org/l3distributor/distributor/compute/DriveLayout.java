// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a config drive as Nova lays it out, for drivers that make the drive themselves; in both forms in which
 * Octavia gives an amphora its files.
 */
public final class DriveLayout {
    private DriveLayout() {}

    /**
     * Path on the drive to content.
     *
     * @param uuid the instance's id, by which an amphora knows whether it has read this drive already: letters, digits and
     *     '-'
     */
    public static Map<String, byte[]> of(InstanceSpec spec, String uuid) {
        Map<String, byte[]> drive = new TreeMap<>();
        List<String> entries = new ArrayList<>();
        if (spec.userData()) {
            drive.put("openstack/latest/user_data", cloudConfig(spec.files()));
        } else {
            for (var file : spec.files().entrySet()) {
                String content = String.format("/content/%04d", entries.size());
                entries.add("{\"path\": \"" + file.getKey() + "\", \"content_path\": \"" + content + "\"}");
                drive.put("openstack" + content, file.getValue());
            }
        }
        String metaData = "{\"uuid\": \"" + uuid + "\", \"name\": \"" + escaped(spec.name()) + "\", \"files\": ["
                + String.join(", ", entries) + "]}\n";
        drive.put("openstack/latest/meta_data.json", metaData.getBytes(StandardCharsets.UTF_8));
        return drive;
    }

    private static byte[] cloudConfig(Map<String, byte[]> files) {
        StringBuilder yaml = new StringBuilder("#cloud-config\nwrite_files:\n");
        for (var file : files.entrySet()) {
            yaml.append("- path: ")
                    .append(file.getKey())
                    .append("\n  owner: root:root\n  permissions: '0600'\n  encoding: b64\n  content: ")
                    .append(Base64.getEncoder().encodeToString(file.getValue()))
                    .append('\n');
        }
        return yaml.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A text in JSON (RFC 8259, section 7). */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }
}
