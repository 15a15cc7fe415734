// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.l3distributor.console.Json;
import org.l3distributor.console.Lines;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Readiness;

/** Readiness, namespaces, and what may be asked. */
public final class ApplianceText {
    /** A command and what it does. */
    public record CommandLine(String name, String description) {}

    private ApplianceText() {}

    public static String commands(List<CommandLine> commands) {
        Table table = new Table("COMMAND", "WHAT IT DOES");
        commands.forEach(c -> table.row(c.name(), c.description()));
        return table + "\nEach of them says more with --help.";
    }

    public static String commandsJson(List<CommandLine> commands) {
        return new Json()
                .put(
                        "commands",
                        commands.stream()
                                .map(c -> new Json().put("name", c.name()).put("description", c.description()))
                                .toList())
                .toString();
    }

    public static String readiness(Readiness readiness) {
        Table table = new Table("CONDITION", "HOLDS", "REASON");
        readiness.conditions().forEach(c -> table.row(c.name(), c.holds() ? "yes" : "no", c.reason()));
        return (readiness.ready() ? "ready" : "not ready") + "\n" + table;
    }

    public static String readinessJson(Readiness readiness) {
        return new Json()
                .put("ready", readiness.ready())
                .put(
                        "conditions",
                        readiness.conditions().stream()
                                .map(c -> new Json()
                                        .put("name", c.name())
                                        .put("holds", c.holds())
                                        .put("reason", c.reason()))
                                .toList())
                .toString();
    }

    public static String namespaces(List<NamespaceView> namespaces, Instant now) {
        return namespaces.isEmpty()
                ? "no namespace: no VIP was ever plugged here"
                : namespaces.stream().map(n -> namespace(n, now)).collect(Collectors.joining("\n\n"));
    }

    private static String namespace(NamespaceView n, Instant now) {
        Lines head = new Lines()
                .line("namespace", n.name())
                .line("state", n.state() + " since " + Spans.between(n.since(), now))
                .line("drift repaired", n.driftRepaired())
                .lineIfThere("error", n.error());
        n.links().forEach(l -> head.lineIfThere("fault", l.fault()));
        Table vips = new Table("VIP", "ON LO", "WANTED", "ERROR");
        n.vips()
                .forEach(v -> vips.row(
                        v.vip(),
                        v.onLo() ? "yes" : "no",
                        v.wanted() ? "yes" : "no",
                        v.error() == null ? "" : v.error()));
        Table links = new Table("LINK", "UP", "CARRIER", "MAC", "MTU", "ADDRESSES");
        n.links()
                .forEach(l -> links.row(
                        l.name(),
                        l.up() ? "yes" : "no",
                        l.carrier() ? "yes" : "no",
                        l.mac(),
                        l.mtu(),
                        String.join(" ", l.addresses())));
        return head + "\n" + vips + "\n" + links;
    }

    public static String namespacesJson(List<NamespaceView> namespaces) {
        return new Json()
                .put("namespaces", namespaces.stream().map(ApplianceText::json).toList())
                .toString();
    }

    public static String namespaceJson(NamespaceView namespace) {
        return json(namespace).toString();
    }

    private static Json json(NamespaceView n) {
        return new Json()
                .put("name", n.name())
                .put("state", n.state())
                .put("since", n.since())
                .put("drift_repaired", n.driftRepaired())
                .put("error", n.error())
                .put(
                        "vips",
                        n.vips().stream()
                                .map(v -> new Json()
                                        .put("vip_ip", v.vip())
                                        .put("wanted", v.wanted())
                                        .put("on_lo", v.onLo())
                                        .put("error", v.error()))
                                .toList())
                .put(
                        "links",
                        n.links().stream()
                                .map(l -> new Json()
                                        .put("name", l.name())
                                        .put("up", l.up())
                                        .put("carrier", l.carrier())
                                        .put("mac", l.mac())
                                        .put("mtu", l.mtu())
                                        .put("addresses", l.addresses())
                                        .put("fault", l.fault()))
                                .toList());
    }
}
