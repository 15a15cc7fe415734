// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.List;
import org.l3distributor.net.AsNumber;

/**
 * A segment of an AS_PATH (RFC 4271 section 4.3).
 *
 * @param type 1..4
 * @param path 1..255 numbers
 */
public record AsSegment(int type, List<AsNumber> path) {
    public static final int SET = 1;
    public static final int SEQUENCE = 2;
    /** RFC 5065. */
    public static final int CONFED_SEQUENCE = 3;
    /** RFC 5065. */
    public static final int CONFED_SET = 4;

    public AsSegment {
        path = List.copyOf(path);
        if (type < SET || type > CONFED_SET || path.isEmpty() || path.size() > 255) {
            throw new IllegalArgumentException(
                    "a segment has type 1..4 and 1..255 ASes, got type " + type + ", " + path.size() + " ASes");
        }
    }
}
