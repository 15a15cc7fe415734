// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceSockets;
import org.l3distributor.netns.NetworkPlug;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipPlumber;
import org.l3distributor.netns.internal.netlink.LinuxKernel;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes a {@link Plumber} with the configuration {@code org.l3distributor.netns}. */
@Component(configurationPid = "org.l3distributor.netns", immediate = true)
@Designate(ocd = PlumberComponent.Configuration.class)
public final class PlumberComponent implements VipPlumber, InterfacePlumber, NamespaceSockets {
    private final Plumber plumber;

    @ObjectClassDefinition(name = "Network namespaces")
    @interface Configuration {
        @AttributeDefinition(description = "The namespace of the load balancer, below /run/netns")
        String namespace() default "amphora-haproxy";

        @AttributeDefinition(description = "Whether namespaces are made when they aren't there")
        boolean create() default true;

        @AttributeDefinition(description = "Whether the namespace is opened at start, before any VIP is plugged")
        boolean openAtStart() default false;

        @AttributeDefinition(description = "Directory of the plug states; empty: netns below karaf.data")
        String stateDir() default "";
    }

    @Activate
    public PlumberComponent(Configuration configuration, BundleContext context) {
        plumber = new Plumber(
                new Plumber.Settings(configuration.namespace(), configuration.create(), state(configuration, context)),
                LinuxKernel::new,
                Clock.systemUTC());
        if (configuration.openAtStart()) {
            plumber.open(configuration.namespace()); // a refusal shows in log and snapshot, and is tried again
        }
    }

    private static Path state(Configuration configuration, BundleContext context) {
        if (!configuration.stateDir().isBlank()) {
            return Path.of(configuration.stateDir());
        }
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalArgumentException("org.l3distributor.netns: stateDir is empty, and karaf.data isn't set");
        }
        return Path.of(data, "netns");
    }

    @Deactivate
    public void close() {
        plumber.close();
    }

    @Override
    public String defaultNamespace() {
        return plumber.defaultNamespace();
    }

    @Override
    public CompletionStage<NamespaceSnapshot> open(String namespace) {
        return plumber.open(namespace);
    }

    @Override
    public CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip) {
        return plumber.plug(namespace, vip);
    }

    @Override
    public CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip) {
        return plumber.unplug(namespace, vip);
    }

    @Override
    public NamespaceSnapshot snapshot(String namespace) {
        return plumber.snapshot(namespace);
    }

    @Override
    public List<NamespaceSnapshot> snapshots() {
        return plumber.snapshots();
    }

    @Override
    public AutoCloseable listen(Consumer<VipEvent> listener) {
        return plumber.listen(listener);
    }

    @Override
    public CompletionStage<PluggedInterface> plugFrontEnd(String namespace, FrontEndPlug plug) {
        return plumber.plugFrontEnd(namespace, plug);
    }

    @Override
    public CompletionStage<PluggedInterface> plugNetwork(String namespace, NetworkPlug plug) {
        return plumber.plugNetwork(namespace, plug);
    }

    @Override
    public CompletionStage<NamespaceSnapshot> unplugInterface(String namespace, MacAddress mac) {
        return plumber.unplugInterface(namespace, mac);
    }

    @Override
    public CompletionStage<Map<String, LinkTraffic>> traffic(String namespace) {
        return plumber.traffic(namespace);
    }

    @Override
    public AutoCloseable listenInterfaces(Consumer<InterfaceEvent> listener) {
        return plumber.listenInterfaces(listener);
    }

    @Override
    public CompletionStage<Set<IpAddress>> greetGateways(String namespace, Set<IpAddress> nextHops) {
        return plumber.greetGateways(namespace, nextHops);
    }

    @Override
    public CompletionStage<Set<ListeningSocket>> listening(String namespace) {
        return plumber.listening(namespace);
    }
}
