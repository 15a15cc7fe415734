// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.net.IpAddress;

/**
 * The configuration that every amphora of a load balancer gets, line by line as Octavia's own renderer makes it (for one
 * amphora alone, HAProxy 2.2 or later), but for what it gets wrong or leaves to a firewall: a check's path isn't written
 * as HTML, and a listener's allowed_cidrs are HAProxy's to keep, since no security group stands before an anycast VIP.
 */
public final class HaproxyConfiguration {
    private static final String BASE = "/var/lib/octavia";
    private static final int MOST_CONNECTIONS = 1_000_000;

    private final LoadBalancerTree tree;
    private final Lines lines = new Lines();

    private HaproxyConfiguration(LoadBalancerTree tree) {
        this.tree = tree;
    }

    /**
     * The text. What is being deleted isn't in it.
     *
     * @throws IllegalArgumentException when a text of the user's can't stand in a configuration; the rules for user input
     *     let none in
     */
    public static String of(LoadBalancerTree tree) {
        HaproxyConfiguration configuration = new HaproxyConfiguration(tree);
        configuration.write();
        return configuration.lines.text();
    }

    /** The listeners that a configuration is of: without one, an amphora has nothing to run. */
    public static List<Listener> listeners(LoadBalancerTree tree) {
        return tree.listeners().stream()
                .filter(l -> stays(l.header().provisioning()))
                .toList();
    }

    static boolean stays(ProvisioningStatus status) {
        return status != ProvisioningStatus.PENDING_DELETE && status != ProvisioningStatus.DELETED;
    }

    private void write() {
        LoadBalancer loadBalancer = tree.loadBalancer();
        List<Listener> listeners = listeners(tree);
        lines.comment("Configuration for loadbalancer " + Lines.word(loadBalancer.id()));
        global(loadBalancer, listeners);
        lines.section("defaults");
        lines.add("log global");
        lines.add("retries 3");
        lines.add("option redispatch");
        lines.add("option splice-request");
        lines.add("option splice-response");
        lines.add("option http-keep-alive");
        if (loadBalancer.header().enabled()) {
            List<IpAddress> addresses = addresses(loadBalancer);
            for (Listener listener : listeners) {
                if (listener.header().enabled()) {
                    proxies(listener, addresses);
                }
            }
        }
    }

    private void global(LoadBalancer loadBalancer, List<Listener> listeners) {
        String id = loadBalancer.id();
        lines.section("global");
        lines.add("daemon");
        lines.add("user nobody");
        lines.add("log /run/rsyslog/octavia/log local0");
        lines.add("log /run/rsyslog/octavia/log local1 notice");
        lines.add("stats socket " + BASE + "/" + id + ".sock mode 0666 level user");
        lines.add("server-state-file " + BASE + "/" + id + "/servers-state");
        long sum = listeners.stream().mapToLong(FrontendText::connectionLimit).sum();
        lines.add("maxconn " + (sum > 0 && sum < MOST_CONNECTIONS ? sum : MOST_CONNECTIONS));
        if (listeners.stream().anyMatch(this::pings)) {
            lines.add("external-check");
            lines.add("insecure-fork-wanted");
        }
    }

    private boolean pings(Listener listener) {
        return listener.header().enabled()
                && pool(listener).stream()
                        .filter(p -> p.pool().header().enabled())
                        .map(BackendText::checks)
                        .anyMatch(m -> m != null && m.type() == HealthMonitor.Type.PING);
    }

    private void proxies(Listener listener, List<IpAddress> addresses) {
        List<PoolTree> pools =
                pool(listener).stream().filter(p -> p.pool().header().enabled()).toList();
        FrontendText.write(lines, tree.loadBalancer(), listener, addresses, pools);
        for (PoolTree pool : pools) {
            BackendText.write(lines, listener, pool);
        }
    }

    /** Its default pool, if it has one that stays. */
    private List<PoolTree> pool(Listener listener) {
        String id = listener.defaultPoolId();
        return id == null
                ? List.of()
                : tree.pool(id).stream()
                        .filter(p -> stays(p.pool().header().provisioning()))
                        .toList();
    }

    private static List<IpAddress> addresses(LoadBalancer loadBalancer) {
        List<IpAddress> addresses = new ArrayList<>();
        add(addresses, loadBalancer.vip());
        for (Vip vip : loadBalancer.additionalVips()) {
            add(addresses, vip);
        }
        return addresses;
    }

    private static void add(List<IpAddress> addresses, Vip vip) {
        IpAddress address = vip.address();
        if (address == null) {
            throw new IllegalArgumentException("a VIP in subnet " + vip.subnetId() + " has no address yet");
        }
        addresses.add(address);
    }
}
