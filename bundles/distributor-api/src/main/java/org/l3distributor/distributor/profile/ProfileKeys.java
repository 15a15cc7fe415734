// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of the profile: section titles and keys. */
final class ProfileKeys {
    static final String SPEAKER = "l3_bgp_speaker";
    static final String PEER = "l3_bgp_peer";

    static final String ID = "id";
    static final String DESCRIPTION = "description";
    static final String MD5_PASSWORD = "md5_password";

    static final String IP_VERSION = "ip_version";
    static final String LOCAL_AS = "local_as";
    static final String ROUTER_ID = "router_id";
    static final String PEERS = "peers";
    static final String SERVICE_TYPE = "service_type";
    static final String ALLOWED_VIP_PREFIXES = "allowed_vip_prefixes";

    static final String PEER_IP = "peer_ip";
    static final String REMOTE_AS = "remote_as";
    static final String AUTH_TYPE = "auth_type";
    static final String TTL_HOPS = "ttl_hops";
    static final String HOLD_TIME = "hold_time";
    static final String KEEPALIVE_INTERVAL = "keepalive_interval";
    static final String FAMILIES = "families";
    static final String PASSIVE = "passive";
    static final String ENABLED = "enabled";
    static final String LINK_BANDWIDTH = "link_bandwidth";

    static final List<String> OF_SPEAKER = List.of(
            ID, DESCRIPTION, IP_VERSION, LOCAL_AS, ROUTER_ID, PEERS, SERVICE_TYPE, ALLOWED_VIP_PREFIXES, MD5_PASSWORD);
    static final List<String> OF_PEER = List.of(
            ID,
            DESCRIPTION,
            PEER_IP,
            REMOTE_AS,
            AUTH_TYPE,
            MD5_PASSWORD,
            TTL_HOPS,
            HOLD_TIME,
            KEEPALIVE_INTERVAL,
            FAMILIES,
            PASSIVE,
            ENABLED,
            LINK_BANDWIDTH);

    private ProfileKeys() {}

    /** True for keys whose value must not be shown: the password, and whatever may be meant as one. */
    static boolean isSecret(String key) {
        String word = key.toLowerCase(Locale.ROOT);
        if (OF_PEER.contains(word) || OF_SPEAKER.contains(word)) {
            return word.equals(MD5_PASSWORD); // "passive" has the sound of a password only
        }
        return word.contains("pas") // also where a letter is missing
                || word.contains("secret")
                || word.contains("md5")
                || word.contains("key")
                || word.contains("pw")
                || MD5_PASSWORD.equals(nearest(word, List.of(MD5_PASSWORD)));
    }

    /** The word that somebody may have meant, null when none is near. */
    static @Nullable String nearest(String written, List<String> words) {
        String plain = written.toLowerCase(Locale.ROOT).replace('-', '_');
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(plain, word);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return best != null && bestDistance <= Math.max(1, best.length() / 3) ? best : null;
    }

    /** Levenshtein's distance; texts far longer than any key are just far. */
    private static int distance(String a, String b) {
        if (a.length() > 2 * b.length() + 2) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
