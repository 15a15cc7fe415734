// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The agent's file as it was pushed last, kept beside the imported copy for the instance that it was pushed to, and the
 * file that was pushed before and holds the profile, where the last one says nothing of it.
 *
 * <p>The second is written before the first: cut off in between, the file in force still is the one that both hold.
 *
 * @param root {@code DATA/config}
 */
record PushedFiles(Path root, String instance) {
    /** What was pushed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Layer(byte @Nullable [] agent, byte @Nullable [] profile) {
        static final Layer NONE = new Layer(null, null);
    }

    private Path agent() {
        return root.resolve("pushed-" + instance + ".conf");
    }

    private Path profile() {
        return root.resolve("pushed-" + instance + ".profile.conf");
    }

    Layer read() throws IOException {
        return new Layer(bytes(agent()), bytes(profile()));
    }

    /** Replaces what differs, durably. */
    void write(Layer layer) throws IOException {
        Layer before = read();
        if (layer.profile() != null && !Arrays.equals(layer.profile(), before.profile())) {
            Durable.replace(profile(), layer.profile());
        }
        if (layer.agent() != null && !Arrays.equals(layer.agent(), before.agent())) {
            Durable.replace(agent(), layer.agent());
        }
    }

    private static byte @Nullable [] bytes(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }
}
