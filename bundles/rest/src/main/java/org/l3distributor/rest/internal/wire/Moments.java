// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Points in time: RFC 3339 in UTC with microseconds, always all six digits, so that texts sort as times do. */
public final class Moments {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    public static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : FORM.format(moment);
    }
}
