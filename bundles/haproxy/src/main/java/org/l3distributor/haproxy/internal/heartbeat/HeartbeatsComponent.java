// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.nio.file.Path;
import java.time.Clock;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.l3distributor.haproxy.HeartbeatStatus;
import org.l3distributor.haproxy.Heartbeats;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes a {@link HeartbeatSender}; its counters lie in HAProxy's base path. */
@Component(
        configurationPid = "org.l3distributor.haproxy",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class HeartbeatsComponent implements Heartbeats {
    private final HeartbeatSender sender;

    @interface Configuration {
        String basePath() default "/var/lib/octavia";
    }

    @Activate
    public HeartbeatsComponent(Configuration configuration, @Reference Haproxy haproxy) {
        CounterFile file = new CounterFile(Path.of(configuration.basePath(), "stats_counters.json"));
        sender = new HeartbeatSender(haproxy, file, Clock.systemUTC());
    }

    @Deactivate
    public void close() {
        sender.close();
    }

    @Override
    public void send(HeartbeatSettings settings) {
        sender.send(settings);
    }

    @Override
    public void stop() {
        sender.stop();
    }

    @Override
    public HeartbeatStatus status() {
        return sender.status();
    }
}
