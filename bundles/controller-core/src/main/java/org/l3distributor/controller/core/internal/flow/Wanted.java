// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.l3distributor.controller.core.internal.haproxy.HaproxyConfiguration;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.LoadBalancerTree;

/**
 * The configuration that every amphora of a load balancer should run.
 *
 * @param text empty when there is nothing to run
 */
record Wanted(Optional<String> text, String digest) {
    static Wanted of(LoadBalancerTree tree) {
        if (HaproxyConfiguration.listeners(tree).isEmpty()) {
            return new Wanted(Optional.empty(), "none");
        }
        String text = HaproxyConfiguration.of(tree);
        return new Wanted(Optional.of(text), digest(text));
    }

    /** The configuration of a load balancer that is switched off: without frontends. */
    static String quiet(World world) {
        LoadBalancerTree tree = world.tree().orElseThrow();
        Header header = tree.loadBalancer().header();
        Header off = new Header(
                header.id(),
                header.projectId(),
                header.name(),
                header.description(),
                false,
                header.provisioning(),
                header.operating(),
                header.tags(),
                header.createdAt(),
                header.updatedAt(),
                header.version());
        return HaproxyConfiguration.of(
                new LoadBalancerTree(tree.loadBalancer().with(off), tree.listeners(), tree.pools()));
    }

    Effect on(Amphora amphora, LoadBalancerTree tree) {
        return new Effect.Configure(amphora, tree.loadBalancer().id(), text, digest);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
