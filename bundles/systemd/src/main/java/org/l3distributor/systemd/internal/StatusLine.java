// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.Readiness.Condition;

/** The line that {@code systemctl status} shows. */
final class StatusLine {
    private static final int LIMIT = 300;

    private StatusLine() {}

    /** Each part of the container's in one line. */
    static String of(@Nullable Readiness readiness, List<String> roles) {
        List<String> parts = new ArrayList<>();
        if (readiness != null) {
            parts.add(of(readiness));
        }
        parts.addAll(roles);
        return parts.isEmpty() ? "running" : shown(String.join("; ", parts));
    }

    /** Ready or not; then what doesn't hold, or everything when all is well. */
    static String of(Readiness readiness) {
        List<Condition> conditions = readiness.conditions();
        boolean well = conditions.stream().allMatch(Condition::holds);
        String word = readiness.ready() ? (well ? "ready" : "ready, degraded") : "not ready";
        String line = word + ": "
                + conditions.stream()
                        .filter(condition -> well || !condition.holds())
                        .map(condition -> condition.name() + " " + condition.reason())
                        .collect(Collectors.joining("; "));
        return shown(line);
    }

    /** A line break would begin another assignment. */
    private static String shown(String line) {
        String shown = line.replaceAll("\\p{Cntrl}", " ");
        return shown.length() > LIMIT ? shown.substring(0, LIMIT - 3) + "..." : shown;
    }
}
