// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments for people: always as wide, and no finer than anybody reads them. JSON has all of it. */
public final class Moments {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    public static String text(Instant at) {
        return MILLIS.format(at);
    }
}
