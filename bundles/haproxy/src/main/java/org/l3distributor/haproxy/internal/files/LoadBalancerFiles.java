// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import java.nio.file.Path;

/** Where things lie: as Octavia's agent has them, since configurations name some of these paths. */
public record LoadBalancerFiles(String id, Path base, Path certificateBase) {
    public Path directory() {
        return base.resolve(id);
    }

    /** The configuration that the next start or reload takes in use. */
    public Path configuration() {
        return directory().resolve("haproxy.cfg");
    }

    /** An upload that is being checked. */
    public Path uploaded() {
        return directory().resolve("haproxy.cfg.new");
    }

    /** The last configuration that was refused, for whoever wants to know. */
    public Path failed() {
        return directory().resolve("haproxy.cfg.new-failed");
    }

    /**
     * The configuration in use; ours, not Octavia's. That it is there says that HAProxy is wanted to run, and it tells
     * an appliance that was restarted between upload and reload what it finds running.
     */
    public Path running() {
        return directory().resolve("haproxy.cfg.running");
    }

    public Path pid() {
        return directory().resolve(id + ".pid");
    }

    /** What servers' states were at the last reload; configurations name it. */
    public Path serversState() {
        return directory().resolve("servers-state");
    }

    /** What HAProxy's processes print; ours. */
    public Path output() {
        return directory().resolve("haproxy.out");
    }

    /** {@code PEER=...} for the systemd unit and for us; ours. */
    public Path environment() {
        return directory().resolve("haproxy.env");
    }

    public Path certificates() {
        return certificateBase.resolve(id);
    }

    public Path certificate(String name) {
        return certificates().resolve(name);
    }

    /** The group that HAProxy drops to; the user is in the configuration. One file for all load balancers. */
    public Path userGroup() {
        return base.resolve("haproxy-default-user-group.conf");
    }
}
