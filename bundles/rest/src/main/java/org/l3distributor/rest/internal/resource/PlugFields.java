// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.json.Fields;

/**
 * Reads one object of a plug body. Unlike the extended API this one passes over fields that it doesn't know, for newer
 * controllers send more of them, and takes null for left out. Faults of addresses go to a list of their own: Octavia's
 * agent has other words for them.
 */
final class PlugFields {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final String MTU = "must be a whole number 68..65535";

    private final Fields fields;
    private final String path;
    private final List<Fault> faults;

    PlugFields(ObjectNode object, String path, List<Fault> faults) {
        ObjectNode given = object.deepCopy();
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(name -> {
            names.add(name);
            if (object.get(name).isNull()) {
                given.remove(name);
            }
        });
        this.path = path;
        this.faults = faults;
        this.fields = new Fields(given, path, faults, names);
    }

    void required(String name) {
        fields.required(name);
    }

    @Nullable
    String mac(String name) {
        String text = fields.text(name);
        String mac = text == null ? null : text.toLowerCase(Locale.ROOT).replace('-', ':');
        if (mac != null && !MAC.matcher(mac).matches()) {
            fault(faults, name, text, "must be a MAC address: six pairs of hex digits with colons");
            return null;
        }
        return mac;
    }

    @Nullable
    Integer mtu(String name) {
        String text = fields.integer(name);
        if (text == null) {
            return null;
        }
        int mtu = text.length() <= 5 && text.charAt(0) != '-' ? Integer.parseInt(text) : 0;
        if (mtu < 68 || mtu > 65535) {
            fault(faults, name, text, MTU);
            return null;
        }
        return mtu;
    }

    @Nullable
    IpAddress address(String name, List<Fault> wrong) {
        String text = fields.text(name);
        try {
            return text == null ? null : IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            fault(wrong, name, text, notAnAddress(text));
            return null;
        }
    }

    @Nullable
    IpPrefix prefix(String name, List<Fault> wrong) {
        String text = fields.text(name);
        try {
            return text == null ? null : IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            fault(wrong, name, text, "'" + text + "' does not appear to be an IPv4 or IPv6 network");
            return null;
        }
    }

    List<HostRoute> hostRoutes() {
        List<HostRoute> routes = new ArrayList<>();
        for (PlugFields row : objects("host_routes")) {
            row.required("destination");
            row.required("nexthop");
            IpPrefix destination = row.prefix("destination", faults);
            IpAddress nextHop = row.address("nexthop", faults);
            if (destination != null && nextHop != null) {
                if (destination.family() == nextHop.family()) {
                    routes.add(new HostRoute(destination, nextHop));
                } else {
                    row.fault(faults, "nexthop", nextHop.toString(), "must be of the destination's IP version");
                }
            }
        }
        return routes;
    }

    /** The objects of a list; none when there is no list. */
    List<PlugFields> objects(String name) {
        List<ObjectNode> rows = fields.objects(name);
        List<PlugFields> found = new ArrayList<>();
        for (int i = 0; rows != null && i < rows.size(); i++) {
            found.add(new PlugFields(rows.get(i), path + name + "[" + i + "].", faults));
        }
        return found;
    }

    void fault(List<Fault> into, String name, @Nullable String value, String rule) {
        into.add(Fault.invalid(path + name, value, rule));
    }

    /** In Python's words, which the controller's operators know. */
    static String notAnAddress(@Nullable String text) {
        return "'" + text + "' does not appear to be an IPv4 or IPv6 address";
    }
}
