// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.l3distributor.config.internal.drive.DriveFinder;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Publishes the configuration keeper. Both of its configurations may change while it runs without its service going
 * away: nobody above loses a session because of a changed key.
 */
@Component(
        service = {AgentConfiguration.class, ConfigDriveAgent.class},
        immediate = true,
        configurationPid = {"org.l3distributor.config", Overlay.PID})
public final class ConfigDriveAgent implements AgentConfiguration {
    /** The configuration {@code org.l3distributor.config}. */
    @interface Config {
        /** Directory, image file or block device; empty = look for a volume labelled config-2. */
        String configDrive() default "";

        /** Where the imported copy is kept: it outlives the container's cache. */
        String dataDir() default "/var/lib/l3-distributor";

        /** Seconds between two looks at a configuration that is missing or wrong, 1..3600. */
        int rereadSeconds() default 1;
    }

    private final ConfigKeeper keeper;

    @Activate
    public ConfigDriveAgent(@Reference ConfigurationAdmin admin, Config config, Map<String, Object> properties) {
        HttpConfiguration http = new HttpConfiguration(admin);
        keeper = new ConfigKeeper(importer(config), Overlay.of(properties), seconds(config), http::set);
        HaproxyConfiguration haproxy = new HaproxyConfiguration(admin, keeper::settings);
        keeper.listenToSettings(changed -> haproxy.update());
        haproxy.update();
    }

    @Modified
    void modified(Config config, Map<String, Object> properties) {
        keeper.configure(importer(config), Overlay.of(properties), seconds(config));
    }

    @Deactivate
    void close() {
        keeper.close();
    }

    ConfigKeeper keeper() {
        return keeper;
    }

    private static Importer importer(Config config) {
        String drive = config.configDrive().strip();
        return new Importer(
                Path.of(config.dataDir()),
                drive.isEmpty() ? DriveFinder.DEFAULT::find : () -> DriveFinder.open(Path.of(drive)));
    }

    private static int seconds(Config config) {
        int seconds = config.rereadSeconds();
        if (seconds < 1 || seconds > 3600) {
            throw new IllegalArgumentException("rereadSeconds must be 1..3600, got " + seconds);
        }
        return seconds;
    }

    @Override
    public Snapshot snapshot() {
        return keeper.snapshot();
    }

    @Override
    public AutoCloseable listen(Consumer<Snapshot> listener) {
        return keeper.listen(listener);
    }
}
