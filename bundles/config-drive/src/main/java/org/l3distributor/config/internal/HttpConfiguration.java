// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Keeps the configuration {@code org.l3distributor.http} equal to what the agent's file says of the listener. */
final class HttpConfiguration {
    private final ConfigurationAdmin admin;

    HttpConfiguration(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Updates the configuration where it differs, or removes it; other properties that somebody put there stay. */
    void set(@Nullable HttpSettings settings) {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + HttpSettings.PID + ")");
            if (settings != null) {
                update(settings);
            } else if (found != null) {
                found[0].delete();
                ConfigLog.httpRemoved();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("configuration " + HttpSettings.PID + " can't be stored", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // the filter is a constant
        }
    }

    private void update(HttpSettings settings) throws IOException {
        Configuration configuration = admin.getConfiguration(HttpSettings.PID, "?");
        Dictionary<String, Object> now = configuration.getProperties();
        Map<String, Object> wanted = new HashMap<>();
        if (now != null) {
            wanted.putAll(FrameworkUtil.asMap(now));
        }
        wanted.putAll(settings.properties());
        configuration.updateIfDifferent(FrameworkUtil.asDictionary(wanted));
    }
}
