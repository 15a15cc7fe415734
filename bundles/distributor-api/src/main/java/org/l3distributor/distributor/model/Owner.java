// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

/** Who asked for a route: the amphora that serves the VIP, or nobody but the VIP itself (a non-amphora endpoint). */
public sealed interface Owner {
    /**
     * An amphora, by its Octavia id.
     *
     * @param amphoraId 1..36 letters, digits and '-', the form of an Octavia id
     */
    record Amphora(String amphoraId) implements Owner {
        @Override
        public String toString() {
            return "amphora " + amphoraId;
        }
    }

    /** A non-amphora endpoint: the VIP registration API. */
    record Endpoint() implements Owner {
        @Override
        public String toString() {
            return "vip registration";
        }
    }
}
