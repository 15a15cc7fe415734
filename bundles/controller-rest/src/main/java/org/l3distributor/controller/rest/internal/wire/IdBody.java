// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is named by its id only. */
@Schema(name = "Id")
public record IdBody(String id) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    static List<IdBody> of(List<String> ids) {
        return ids.stream().map(IdBody::new).toList();
    }

    /** A moment in UTC, as Octavia writes it. */
    static @Nullable String moment(@Nullable Instant instant) {
        return instant == null ? null : MOMENT.format(instant);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
