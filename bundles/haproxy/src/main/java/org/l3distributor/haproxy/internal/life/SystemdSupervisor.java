// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/**
 * Leaves HAProxy to systemd: one instance of the unit template {@code l3-haproxy@.service} per load balancer. A start
 * returns when HAProxy has told systemd that it is ready.
 */
final class SystemdSupervisor implements Supervisor {
    /** Below the 60 s for which a controller waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HostPrograms host;
    private final String systemctl;

    /** @param systemctl the executable, by path or to be found on the {@code PATH} */
    SystemdSupervisor(HostPrograms host, String systemctl) {
        this.host = host;
        this.systemctl = systemctl;
    }

    static String unit(LoadBalancerFiles files) {
        return "l3-haproxy@" + files.id() + ".service";
    }

    @Override
    public long start(LoadBalancerFiles files, String peer) throws IOException {
        systemctl("start", unit(files));
        return master(files)
                .orElseThrow(() -> new IOException(unit(files) + " was started, and has no main process any more"));
    }

    @Override
    public void reload(LoadBalancerFiles files, long master) throws IOException {
        systemctl("reload", unit(files));
    }

    @Override
    public void stop(LoadBalancerFiles files, long master) throws IOException {
        systemctl("stop", unit(files));
    }

    @Override
    public OptionalLong master(LoadBalancerFiles files) throws IOException {
        String pid =
                systemctl("show", "--property=MainPID", "--value", unit(files)).strip();
        if (!pid.matches("\\d{1,10}")) {
            throw new IOException("systemctl says that the main process of " + unit(files) + " is \"" + pid + "\"");
        }
        return pid.equals("0") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
    }

    private String systemctl(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(systemctl));
        command.addAll(List.of(words));
        Programs.Finished finished = host.run(command, PATIENCE);
        if (finished.status() != 0) {
            throw new IOException(finished.output().strip() + " (" + String.join(" ", command) + " ended with "
                    + finished.status() + ")");
        }
        return finished.output();
    }
}
