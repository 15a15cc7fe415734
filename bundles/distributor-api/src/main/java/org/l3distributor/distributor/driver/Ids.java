// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.regex.Pattern;

/** Ids as Octavia makes them, and as its tables hold them: VARCHAR(36). */
final class Ids {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9-]{1,36}");

    private Ids() {}

    static void check(String what, String id) {
        if (!RULE.matcher(id).matches()) {
            throw new IllegalArgumentException(what + " must be 1..36 letters, digits and '-', got \"" + id + "\"");
        }
    }
}
