// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The link-layer address of one interface: six octets, unicast, not all zero.
 *
 * @param text as the kernel shows it, {@code fa:16:3e:aa:00:01}
 */
public record MacAddress(String text) implements Comparable<MacAddress> {
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    public MacAddress {
        if (!CANONICAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a MAC address (six octets like fa:16:3e:aa:00:01): \"" + text + "\"");
        }
        if (text.equals("00:00:00:00:00:00") || (HexFormat.fromHexDigits(text, 0, 2) & 1) != 0) {
            throw new IllegalArgumentException("not the MAC address of one interface: \"" + text + "\"");
        }
    }

    /**
     * Reads six octets in capital or small letters, with colons or hyphens between them.
     *
     * @throws IllegalArgumentException when it isn't that
     */
    public static MacAddress parse(String text) {
        return new MacAddress(text.toLowerCase(Locale.ROOT).replace('-', ':'));
    }

    @Override
    public int compareTo(MacAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
