// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.time.Duration;
import java.time.Instant;

/** Lengths of time for people: the two largest units. */
final class Spans {
    private Spans() {}

    static String between(Instant from, Instant to) {
        Duration span = from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
        if (span.toDays() > 0) {
            return span.toDays() + "d" + span.toHoursPart() + "h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + "h" + span.toMinutesPart() + "m";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + "m" + span.toSecondsPart() + "s" : span.toSeconds() + "s";
    }
}
