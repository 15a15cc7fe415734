// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.util.OptionalLong;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/**
 * Starts HAProxy as the settings say, and reloads and stops each one by whoever holds it: the settings may have changed
 * since it was started. Without that a second HAProxy would be started beside one that systemd knows nothing of, and
 * systemd would start again what was stopped behind its back.
 */
final class HoldingSupervisor implements Supervisor {
    private final Supervisor starter;
    private final Supervisor own;
    private final Supervisor systemd;
    private final ProcessTable processes;

    /** @param starter one of the two others */
    HoldingSupervisor(Supervisor starter, Supervisor own, Supervisor systemd, ProcessTable processes) {
        this.starter = starter;
        this.own = own;
        this.systemd = systemd;
        this.processes = processes;
    }

    @Override
    public long start(LoadBalancerFiles files, String peer) throws IOException {
        return starter.start(files, peer);
    }

    @Override
    public void reload(LoadBalancerFiles files, long master) throws IOException {
        holder(files, master).reload(files, master);
    }

    @Override
    public void stop(LoadBalancerFiles files, long master) throws IOException {
        holder(files, master).stop(files, master);
    }

    private Supervisor holder(LoadBalancerFiles files, long master) {
        return processes.isOfUnit(master, SystemdSupervisor.unit(files)) ? systemd : own;
    }

    /** By its command line, which finds those of both; systemd also knows one that an operator's unit starts. */
    @Override
    public OptionalLong master(LoadBalancerFiles files) throws IOException {
        OptionalLong found = own.master(files);
        return found.isPresent() || starter.equals(own) ? found : starter.master(files);
    }
}
