// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.net.IpAddress;

/**
 * The addresses of a {@code bind} line: {@code 203.0.113.10:80}, {@code 2001:db8::10:80} (Octavia writes no brackets;
 * the last colon ends the address), {@code [2001:db8::10]:80}, {@code *:80}, {@code :80}, {@code :::80},
 * {@code ipv6@...}, port ranges, and several of them with commas between.
 */
final class BindText {
    private static final Pattern ADDRESS = Pattern.compile("(?:(ipv4|ipv6)@)?(.*):(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final int LONGEST_RANGE = 1024;

    private BindText() {}

    static List<Bind> parse(String text) {
        List<Bind> binds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher found = ADDRESS.matcher(part);
            if (found.matches()) {
                address(found.group(1), found.group(2)).ifPresent(address -> ports(binds, address, found));
            }
        }
        return binds;
    }

    private static void ports(List<Bind> binds, IpAddress address, Matcher found) {
        int first = Integer.parseInt(found.group(3));
        int last = found.group(4) == null ? first : Integer.parseInt(found.group(4));
        if (first >= 1 && last <= 65_535 && last - first < LONGEST_RANGE) {
            for (int port = first; port <= last; port++) {
                binds.add(new Bind(address, port));
            }
        }
    }

    private static Optional<IpAddress> address(String family, String text) {
        if (text.isEmpty() || text.equals("*")) {
            return Optional.of(IpAddress.parse("ipv6".equals(family) ? "::" : "0.0.0.0"));
        }
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        try {
            return Optional.of(IpAddress.parse(brackets ? text.substring(1, text.length() - 1) : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a name, a variable, a path: nothing that a VIP could be
        }
    }
}
