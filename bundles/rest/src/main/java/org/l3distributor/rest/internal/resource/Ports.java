// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.rest.internal.http.Port;

/** The ports that the resources ask; each may come and go while calls are running. */
public final class Ports {
    private final Port<DistributorService> distributor = new Port<>("distributor");
    private final Port<PeerService> peers = new Port<>("speaker");
    private final Port<ProfileService> profile = new Port<>("profile service");
    private final Port<ReadinessService> readiness = new Port<>("readiness service");
    private final List<MetricSource> metrics = new CopyOnWriteArrayList<>();

    public Port<DistributorService> distributor() {
        return distributor;
    }

    public Port<PeerService> peers() {
        return peers;
    }

    public Port<ProfileService> profile() {
        return profile;
    }

    public Port<ReadinessService> readiness() {
        return readiness;
    }

    /** Live: sources come and go in it. */
    public List<MetricSource> metrics() {
        return metrics;
    }
}
