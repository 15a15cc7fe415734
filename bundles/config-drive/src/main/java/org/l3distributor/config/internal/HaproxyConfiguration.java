// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the configuration {@code org.l3distributor.haproxy} equal to what the agent's file says of HAProxy's paths. It
 * is always there, with Octavia's paths where no file says others: HAProxy's files are looked for nowhere before that.
 */
final class HaproxyConfiguration {
    static final String PID = "org.l3distributor.haproxy";

    private final ConfigurationAdmin admin;
    private final Supplier<AgentSettings> settings;

    HaproxyConfiguration(ConfigurationAdmin admin, Supplier<AgentSettings> settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** Updates what differs from the newest settings; other properties that somebody put there stay. */
    synchronized void update() {
        try {
            Configuration configuration = admin.getConfiguration(PID, "?");
            configuration.updateIfDifferent(over(configuration.getProperties(), settings.get()));
        } catch (IOException e) {
            throw new UncheckedIOException("configuration " + PID + " can't be stored", e);
        }
    }

    /** @param now null when there is no configuration yet */
    static Dictionary<String, Object> over(@Nullable Dictionary<String, Object> now, AgentSettings settings) {
        Map<String, Object> wanted = new HashMap<>();
        if (now != null) {
            wanted.putAll(FrameworkUtil.asMap(now));
        }
        wanted.put("basePath", settings.basePath().toString());
        wanted.put("certificatePath", settings.certificates().toString());
        wanted.put("command", settings.haproxyCommand().toString());
        return FrameworkUtil.asDictionary(wanted);
    }
}
