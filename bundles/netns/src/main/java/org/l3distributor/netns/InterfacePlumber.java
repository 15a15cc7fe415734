// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves interfaces from the process's own namespace into others, makes them what they should be and keeps them so.
 * What is plugged is on disk before it is in the kernel: an interface that goes and comes back, in this life of the
 * process or in the next one, is taken again without anybody asking. Stopping this service changes nothing.
 *
 * <p>{@link VipPlumber#snapshot} shows them. As long as there is a front end, what has a plugged VIP as its source
 * leaves by it, whatever the main table says.
 */
@ProviderType
public interface InterfacePlumber {
    /**
     * Plugs {@code eth1} and the VIPs that belong to it. The stage completes when all of it was seen in the kernel; a
     * missing carrier doesn't matter. The same MAC again changes what differs, without touching the rest.
     *
     * <p>It fails with {@link NoSuchInterfaceException} when nobody has the MAC, and then nothing is kept, but what
     * was plugged with the same MAC before; with {@link IllegalArgumentException} for a name or an address that can't
     * be one, and then nothing is kept either; with {@link NetnsException} when another interface is {@code eth1}
     * (EEXIST, nothing kept), several have the MAC (ENOTUNIQ, nothing kept), or the kernel or the disk refused. After
     * a refusal of the kernel it stays wanted and is tried again, at most every 30 seconds.
     */
    CompletionStage<PluggedInterface> plugFrontEnd(String namespace, FrontEndPlug plug);

    /**
     * Plugs {@code eth2} or the next one that is free. A name is free again when its interface has gone away and
     * another one is plugged; the one that went is forgotten then. Otherwise as {@link #plugFrontEnd}.
     */
    CompletionStage<PluggedInterface> plugNetwork(String namespace, NetworkPlug plug);

    /**
     * Forgets an interface: what was plugged on it is removed, it stays where it is. The stage completes when that is
     * done, and fails as that of {@link VipPlumber#unplug}. One that wasn't plugged is left alone.
     */
    CompletionStage<NamespaceSnapshot> unplugInterface(String namespace, MacAddress mac);

    /**
     * What went through every interface of a namespace up to this moment, by name. The stage fails as that of
     * {@link NamespaceSockets#listening}.
     */
    CompletionStage<Map<String, LinkTraffic>> traffic(String namespace);

    /**
     * Makes the gateways of the front end know these addresses of it, before a route says that they are next hops: a
     * router may take a next hop whose link-layer address it doesn't know yet for no next hop at all, and lead its
     * flows elsewhere until it does. Each address sends one datagram to each gateway of its family. The stage completes
     * with the addresses that had a gateway to send to; it fails as that of {@link NamespaceSockets#listening}.
     */
    CompletionStage<Set<IpAddress>> greetGateways(String namespace, Set<IpAddress> nextHops);

    /**
     * Tells every fault and every address of a plugged interface that comes or goes from now on, within milliseconds
     * of the kernel's news; the snapshot is never older than the event. Close to end it.
     */
    AutoCloseable listenInterfaces(Consumer<InterfaceEvent> listener);
}
