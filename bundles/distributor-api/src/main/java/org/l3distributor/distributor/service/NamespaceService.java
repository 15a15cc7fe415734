// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * VIPs on the loopback of the load balancer's namespace. The appliance works without it: a dedicated distributor has
 * no namespace.
 */
@ProviderType
public interface NamespaceService {
    /** All namespaces in which something is or was plugged, by name. */
    List<NamespaceView> namespaces();

    /**
     * Puts a VIP on {@code lo}, durably. Done when it was seen there; again changes nothing. Refused as NOT_READY when
     * the kernel or the disk refused: the VIP stays wanted and is tried again.
     */
    CompletionStage<Outcome<NamespaceView>> plug(IpAddress vip);

    /**
     * Withdraws a VIP and takes it off {@code lo}; one that wasn't plugged here is left alone, and that is a success.
     * Refused as CONFLICT while a load balancer binds it, as NOT_READY where that isn't known yet.
     */
    CompletionStage<Outcome<NamespaceView>> unplug(IpAddress vip);
}
