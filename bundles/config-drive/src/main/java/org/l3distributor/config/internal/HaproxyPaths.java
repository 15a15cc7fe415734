// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.l3distributor.distributor.amphora.AgentSettings;

/**
 * The rule of the paths of HAProxy's files: they stay while a load balancer is stored. Its HAProxy would run on with
 * nobody to watch it, its VIPs would be withdrawn, and the next upload would start a second one on the same port.
 */
final class HaproxyPaths {
    private HaproxyPaths() {}

    /**
     * Why HAProxy's files can't be elsewhere; empty when they can, and when they stay.
     *
     * @throws IOException when nobody can tell whether a load balancer is stored
     */
    static List<String> reasons(AgentSettings now, AgentSettings wanted) throws IOException {
        boolean stay = wanted.basePath().equals(now.basePath())
                && wanted.certificates().equals(now.certificates());
        Optional<String> stored = stay ? Optional.empty() : loadBalancer(now.basePath());
        List<String> reasons = new ArrayList<>();
        stored.ifPresent(id -> {
            add(reasons, "base_path", now.basePath(), wanted.basePath(), id);
            add(reasons, "base_cert_dir", now.certificates(), wanted.certificates(), id);
        });
        return reasons;
    }

    private static void add(List<String> reasons, String key, Path now, Path wanted, String loadBalancer) {
        if (!wanted.equals(now)) {
            reasons.add("[haproxy_amphora] " + key + " = " + wanted + ": it stays " + now
                    + " while a load balancer is stored, which " + loadBalancer + " is");
        }
    }

    /** One whose configuration lies here, as Octavia's own agent lays it: {@code ID/haproxy.cfg}. */
    private static Optional<String> loadBalancer(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(base)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("haproxy.cfg")))
                    .map(entry -> entry.getFileName().toString())
                    .findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
