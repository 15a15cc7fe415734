// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxyConfiguration;

/**
 * Reads sections, modes, binds and the statistics socket out of a configuration, line by line. It judges nothing: what
 * can't be understood is left out, and HAProxy says what is wrong with it.
 */
public final class ConfigurationReader {
    private static final Set<String> SECTIONS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "peers",
            "userlist",
            "resolvers",
            "mailers",
            "cache",
            "program",
            "ring",
            "http-errors",
            "fcgi-app",
            "log-forward",
            "crt-store",
            "traces");
    private static final String DEFAULT_MODE = "tcp"; // HAProxy's own

    private final List<Frontend> frontends = new ArrayList<>();
    private final List<String> pools = new ArrayList<>();
    private @Nullable String statisticsSocket;
    private String defaultMode = DEFAULT_MODE;
    private String inheritedTarget = "";

    private String section = "";
    private String name = "";
    private String mode = DEFAULT_MODE;
    private boolean tls;
    private List<Bind> binds = new ArrayList<>();
    private String defaultTarget = "";
    private Set<String> targets = new LinkedHashSet<>();

    private ConfigurationReader() {}

    public static HaproxyConfiguration read(String text) {
        ConfigurationReader reader = new ConfigurationReader();
        text.lines().forEach(reader::line);
        reader.endSection();
        return new HaproxyConfiguration(reader.frontends, reader.pools, reader.statisticsSocket);
    }

    private void line(String line) {
        String[] words = line.strip().split("\\s+");
        if (words[0].isEmpty() || words[0].startsWith("#")) {
            return;
        }
        if (SECTIONS.contains(words[0])) {
            endSection();
            beginSection(words);
        } else {
            statement(words);
        }
    }

    private void beginSection(String[] words) {
        section = words[0];
        name = words.length > 1 ? words[1] : "";
        mode = section.equals("defaults") ? DEFAULT_MODE : defaultMode;
        tls = false;
        binds = new ArrayList<>();
        targets = new LinkedHashSet<>();
        defaultTarget = section.equals("defaults") ? "" : inheritedTarget;
    }

    private void statement(String[] words) {
        switch (words[0]) {
            case "mode" -> mode = words.length > 1 ? words[1] : mode;
            case "bind" -> bind(words);
            case "default_backend" -> defaultTarget = words.length > 1 ? words[1] : defaultTarget;
            case "use_backend" -> {
                if (words.length > 1 && !words[1].contains("%[")) {
                    targets.add(words[1]);
                }
            }
            case "stats" -> {
                if (statisticsSocket == null && words.length > 2 && words[1].equals("socket")) {
                    statisticsSocket = words[2];
                }
            }
            default -> {}
        }
    }

    private void bind(String[] words) {
        if (words.length > 1) {
            binds.addAll(BindText.parse(words[1]));
            for (int i = 2; i < words.length && !words[i].startsWith("#"); i++) {
                tls |= words[i].equals("ssl");
            }
        }
    }

    private void endSection() {
        switch (section) {
            case "defaults" -> {
                defaultMode = mode;
                inheritedTarget = defaultTarget;
            }
            case "backend" -> pools.add(name);
            case "frontend", "listen" -> {
                String type = tls ? "TERMINATED_HTTPS" : mode.toUpperCase(Locale.ROOT);
                frontends.add(new Frontend(name, type, targets(), binds));
            }
            default -> {}
        }
    }

    /** A listen section is its own backend. */
    private List<String> targets() {
        if (section.equals("listen")) {
            targets.add(name);
        }
        if (!defaultTarget.isEmpty()) {
            targets.add(defaultTarget);
        }
        return List.copyOf(targets);
    }
}
