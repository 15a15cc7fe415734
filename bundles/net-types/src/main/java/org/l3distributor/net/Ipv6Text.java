// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

/** IPv6 text: reads RFC 4291 section 2.2, writes RFC 5952. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static IpAddress parse(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw Ipv4Text.invalid(text);
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap), text, gap < 0);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), text, true);
        int given = head.length + tail.length;
        if (gap < 0 ? given != GROUPS : given > GROUPS - 1) {
            throw Ipv4Text.invalid(text);
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return IpAddress.v6(half(all, 0), half(all, 4));
    }

    private static long half(int[] groups, int from) {
        return (long) groups[from] << 48
                | (long) groups[from + 1] << 32
                | (long) groups[from + 2] << 16
                | groups[from + 3];
    }

    private static int[] groups(String part, String whole, boolean mayEndInQuad) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        boolean quad = mayEndInQuad && words[words.length - 1].indexOf('.') >= 0;
        int[] result = new int[words.length + (quad ? 1 : 0)];
        for (int i = 0; i < words.length; i++) {
            if (quad && i == words.length - 1) {
                int bits = Ipv4Text.parse(words[i], whole);
                result[i] = bits >>> 16;
                result[i + 1] = bits & 0xFFFF;
            } else {
                result[i] = group(words[i], whole);
            }
        }
        return result;
    }

    private static int group(String word, String whole) {
        boolean hex = !word.isEmpty()
                && word.length() <= 4
                && word.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        if (!hex) {
            throw Ipv4Text.invalid(whole);
        }
        return Integer.parseInt(word, 16);
    }

    static String format(long high, long low) {
        if (high == 0 && low >>> 32 == 0xFFFF) {
            return "::ffff:" + Ipv4Text.format((int) low);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high >>> (48 - 16 * i) : low >>> (48 - 16 * (i - 4))) & 0xFFFF);
        }
        int from = longestZeroRun(groups);
        int to = from < 0 ? -1 : endOfZeros(groups, from);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i = to - 1;
            } else {
                if (i > 0 && i != to) {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Start of the first longest run of at least two zero groups, or -1 (RFC 5952 sections 4.2.2 and 4.2.3). */
    private static int longestZeroRun(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = groups[i] == 0 ? endOfZeros(groups, i) - i : 0;
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int endOfZeros(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i;
    }
}
