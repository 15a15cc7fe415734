// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import org.l3distributor.distributor.model.Registration;

/** The gate of registrations on a host that may serve VIPs itself. Set on the core's loop, asked from any thread. */
public final class OwnGate implements Gate {
    private final Gate others;
    private volatile OwnTable table = OwnTable.EMPTY;

    /** @param others the gate of next hops on other hosts */
    public OwnGate(Gate others) {
        this.others = others;
    }

    public OwnTable table() {
        return table;
    }

    public void set(OwnTable next) {
        table = next;
    }

    @Override
    public Standing standing(Registration row) {
        return standing(row, table);
    }

    /** How the gate would stand with another table. */
    public Standing standing(Registration row, OwnTable with) {
        return with.standing(row, others);
    }
}
