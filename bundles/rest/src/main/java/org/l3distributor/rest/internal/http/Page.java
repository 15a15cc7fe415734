// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.rest.internal.wire.Link;

/**
 * A part of a list.
 *
 * @param rows at most as many as were asked for
 * @param nextMarker the marker that gives the next page; null when this is the last
 */
public record Page<T>(List<T> rows, @Nullable String nextMarker) {
    public Page {
        rows = List.copyOf(rows);
    }

    /** Cuts off what was read beyond the limit, to know whether there is more. */
    public static <T> Page<T> first(List<T> read, int limit, Function<T, String> marker) {
        return read.size() <= limit
                ? new Page<>(read, null)
                : new Page<>(read.subList(0, limit), marker.apply(read.get(limit - 1)));
    }

    /**
     * The rows after the marker.
     *
     * @throws Refused when no row has that marker
     */
    public static <T> Page<T> of(List<T> all, int limit, @Nullable String after, Function<T, String> marker) {
        int from = 0;
        if (after != null) {
            while (from < all.size() && !marker.apply(all.get(from)).equals(after)) {
                from++;
            }
            if (from == all.size()) {
                throw new Refused(Fault.invalid(
                        "marker", after, "must be the next_marker of the page before; no row has this one now"));
            }
            from++;
        }
        return first(all.subList(from, all.size()), limit, marker);
    }

    /** The links of the page; empty when it is the last. */
    public List<Link> links(String path, int limit) {
        return nextMarker == null
                ? List.of()
                : List.of(new Link(
                        "next",
                        path + "?limit=" + limit + "&marker=" + URLEncoder.encode(nextMarker, StandardCharsets.UTF_8)));
    }
}
