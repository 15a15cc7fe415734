// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import org.l3distributor.distributor.model.Registration;

/** Says whether a wanted registration may be announced at this moment. Asked on the core's loop: it must not wait. */
public interface Gate {
    /**
     * The gate of a next hop on another host: it is the registration that vouches for it, and nothing here can know
     * better.
     */
    Gate REGISTERED = row -> new Standing(true, "registered");

    Standing standing(Registration row);

    /**
     * How a gate stands.
     *
     * @param reason a few fixed words, for metrics and for an operator
     */
    record Standing(boolean open, String reason) {}
}
