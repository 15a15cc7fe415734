// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An interface that was plugged, when last seen.
 *
 * @param wanted what it should be
 * @param link what it is; null when it isn't in the namespace, or nobody can say
 * @param lacking addresses that it should have and doesn't
 * @param error what stands between wish and kernel; null when nothing does, or only the interface itself is missing
 */
public record InterfaceStatus(
        InterfaceDescription wanted,
        @Nullable Link link,
        List<LinkAddress> lacking,
        @Nullable NetnsException error) {
    public InterfaceStatus {
        lacking = List.copyOf(lacking);
    }

    public MacAddress mac() {
        return wanted.mac();
    }

    public String name() {
        return wanted.name();
    }

    /** Why nothing can be served through it, in words; empty when something can. */
    public Optional<String> fault() {
        String subject = (wanted.isFrontEnd() ? "front-end interface " : "interface ") + name();
        if (link == null) {
            String why = error == null ? "" : ": " + error.getMessage();
            return Optional.of(subject + " (" + mac() + ") is missing" + why);
        } else if (!link.up()) {
            return Optional.of(subject + " is down");
        } else if (!link.carrier()) {
            return Optional.of(subject + " has no carrier");
        } else if (!lacking.isEmpty()) {
            return Optional.of(subject + " lacks its address " + lacking.get(0));
        }
        return Optional.ofNullable(error).map(why -> subject + " is incomplete: " + why.getMessage());
    }
}
