// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

/** Dotted-quad text. Leading zeros are refused, for they are read as octal elsewhere. */
final class Ipv4Text {
    private Ipv4Text() {}

    static int parse(String text, String whole) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw invalid(whole);
        }
        int bits = 0;
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || (part.length() > 1 && part.charAt(0) == '0')) {
                throw invalid(whole);
            }
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                throw invalid(whole);
            }
            bits = bits << 8 | octet;
        }
        return bits;
    }

    static String format(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("not an IP address: \"" + text + "\"");
    }
}
