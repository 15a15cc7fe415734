// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.haproxy.Controller;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.l3distributor.haproxy.Heartbeats;
import org.l3distributor.net.IpAddress;

/** Heartbeats are sent as the agent's file says, as soon and as long as it says enough. */
final class Heart {
    private final Heartbeats heartbeats;

    Heart(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    /** The agent's file says this now. */
    void configured(AgentSettings settings) {
        Optional<HeartbeatSettings> wanted = wanted(settings);
        if (wanted.isPresent()) {
            heartbeats.send(wanted.get());
        } else {
            heartbeats.stop();
        }
    }

    void stop() {
        heartbeats.stop();
    }

    /** Nothing without a name to sign with, a key, or somebody to send to. */
    static Optional<HeartbeatSettings> wanted(AgentSettings settings) {
        if (settings.amphoraId() == null
                || settings.heartbeatKey() == null
                || settings.controllers().isEmpty()) {
            return Optional.empty();
        }
        List<Controller> controllers = settings.controllers().stream()
                .map(address -> new Controller(IpAddress.of(address.getAddress()), address.getPort()))
                .toList();
        return Optional.of(new HeartbeatSettings(
                settings.amphoraId(), controllers, settings.heartbeatKey(), settings.heartbeatInterval()));
    }
}
