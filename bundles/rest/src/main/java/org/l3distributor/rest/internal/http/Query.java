// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.core.PathSegment;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Query parameters, as strict as a body: a mistyped {@code peer_id} must not mean "all peers". */
public final class Query {
    private Query() {}

    /** @throws Refused when there is an unknown parameter, or one twice, or one that hides in the path */
    public static void only(UriInfo call, Set<String> known) {
        List<Fault> faults = new ArrayList<>();
        for (PathSegment segment : call.getPathSegments()) {
            if (!segment.getMatrixParameters().isEmpty()) { // else "a;b" would be taken for "a"
                faults.add(Fault.invalid("", segment.toString(), "no part of a path may have a ';'"));
            }
        }
        for (Map.Entry<String, List<String>> given : call.getQueryParameters().entrySet()) {
            if (!known.contains(given.getKey())) {
                String list = known.isEmpty()
                        ? "there is none here"
                        : "known are "
                                + String.join(", ", known.stream().sorted().toList());
                faults.add(new Fault(
                        400, "unknown_field", given.getKey(), null, "is not a known query parameter; " + list));
            } else if (given.getValue().size() > 1) {
                faults.add(new Fault(400, "duplicate_key", given.getKey(), null, "is given twice in the query"));
            }
        }
        Refused.ifAny(faults);
    }

    /**
     * A limit.
     *
     * @throws Refused unless it is a whole number 1..max
     */
    public static int limit(@Nullable String given, int otherwise, int max) {
        if (given == null) {
            return otherwise;
        }
        boolean digits =
                !given.isEmpty() && given.length() <= 9 && given.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > max) {
            throw new Refused(Fault.invalid("limit", given, "must be a whole number 1.." + max));
        }
        return limit;
    }
}
