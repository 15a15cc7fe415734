// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about whoever started this process (sd_notify(3), sd_watchdog_enabled(3)).
 *
 * @param address path of its datagram socket; a leading {@code @} stands for the abstract name space
 * @param watchdog the process is taken for dead when it says nothing for so long; null = it isn't watched
 */
record ServiceManager(String address, @Nullable Duration watchdog) {
    /** Empty where nobody listens: on a terminal, in a test, in a container without one. */
    static Optional<ServiceManager> of(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (!address.startsWith("/") && !address.startsWith("@")) {
            return Optional.empty();
        }
        String watched = environment.getOrDefault("WATCHDOG_PID", String.valueOf(pid));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean ours = watched.equals(String.valueOf(pid)) && micros.matches("[1-9][0-9]{0,17}");
        return Optional.of(new ServiceManager(address, ours ? Duration.ofNanos(Long.parseLong(micros) * 1_000) : null));
    }
}
