// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Amphorae that weren't heard of for too long.
 *
 * @param all how many amphorae are waited for, at least 0
 * @param most so many of them may fall silent together; where more do, they are held
 * @param amphorae the longest silent first
 */
public record SilentAmphorae(long all, long most, List<Silent> amphorae) {
    public SilentAmphorae {
        amphorae = List.copyOf(amphorae);
    }

    /** What is thought of one. */
    public enum State {
        /** So many fell silent together that it's taken for the network's fault, and nobody declares it dead. */
        HELD,
        /** It is declared dead as soon as its load balancer may lose another one. */
        DEAD,
        /** It was declared dead, and another takes its place. */
        REPLACED
    }

    /** @param lastHeard null when an operator said that it is dead */
    public record Silent(String amphoraId, @Nullable Instant lastHeard, State state) {}

    /** How many are held. */
    public long held() {
        return amphorae.stream().filter(one -> one.state() == State.HELD).count();
    }
}
