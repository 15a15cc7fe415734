// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Puts VIPs on the {@code lo} of network namespaces and keeps them there until they are unplugged. What is plugged is
 * on disk before it is in the kernel, so it comes back after a restart of the process or of the host; stopping this
 * service removes nothing.
 */
@ProviderType
public interface VipPlumber {
    /** The namespace that the configuration names, {@code amphora-haproxy} unless it says otherwise. */
    String defaultNamespace();

    /**
     * Opens a namespace, and makes it when it isn't there and the configuration allows to, so that others can put their
     * interfaces into it before the first VIP is plugged. The stage completes when {@code lo} is up; it fails as that
     * of {@link #plug}. The wish is kept until this service stops.
     */
    CompletionStage<NamespaceSnapshot> open(String namespace);

    /**
     * Puts a VIP on {@code lo} as /32 or /128. Plugging again changes nothing, and an address that was there before
     * becomes ours. The stage completes when the VIP was seen on a {@code lo} that is up.
     *
     * <p>It fails with {@link IllegalArgumentException} for a name or an address that can't be a namespace or a VIP,
     * and then nothing is kept; with {@link NetnsException} when the kernel or the disk refused. After a refusal of
     * the kernel the VIP stays wanted and is tried again, at most every 30 seconds, until it is unplugged.
     */
    CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip);

    /**
     * Takes a VIP off {@code lo}. A VIP that wasn't plugged here is left alone, and that is a success. The stage
     * completes when the address is gone, and fails as that of {@link #plug}; the removal is then tried again.
     */
    CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip);

    /** The namespace as last seen; {@link NamespaceState#IDLE} when nothing was ever asked of it. */
    NamespaceSnapshot snapshot(String namespace);

    /** All namespaces of which something was asked, by name. */
    List<NamespaceSnapshot> snapshots();

    /**
     * Tells every VIP that comes or goes from now on; the snapshot is never older than the event. To miss nothing,
     * listen first and read the snapshots then. Close to end it.
     */
    AutoCloseable listen(Consumer<VipEvent> listener);
}
