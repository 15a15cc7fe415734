// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Octavia's dates: UTC, without a zone. Rows have them as text, as all three databases give and take them: {@code
 * java.sql.Timestamp} takes them for local time, and there an hour each spring doesn't exist.
 */
final class Dates {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:mm", "+00") // PostgreSQL's, where a column has a zone: Octavia's models say so of two
            .optionalEnd()
            .toFormatter();

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Dates() {}

    static @Nullable Instant nullable(@Nullable String text) {
        return text == null ? null : instant(text);
    }

    static @Nullable String nullableText(@Nullable Instant instant) {
        return instant == null ? null : text(instant);
    }

    static String text(Instant instant) {
        return MICROSECONDS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    static Instant instant(String text) {
        TemporalAccessor parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }
}
