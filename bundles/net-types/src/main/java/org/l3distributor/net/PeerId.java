// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

import java.util.regex.Pattern;

/**
 * The name under which a BGP peer is configured, asked for and shown (the specification's distributor_l3_bgp_peer.id,
 * or the section's name where the profile gives no id).
 *
 * @param value 1..64 letters, digits, '.', '_', '-'
 */
public record PeerId(String value) implements Comparable<PeerId> {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public PeerId {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a peer id is 1..64 letters, digits, '.', '_' or '-', got \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(PeerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
