// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.Optional;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;

/** The distributor that leads traffic to load balancers of nobody's choice; amphorae announce for themselves. */
public final class DefaultDistributor {
    private static final int REDUNDANCY = 2;

    private DefaultDistributor() {}

    /** In what the row contradicts the configuration; empty where it doesn't, and where there is none yet. */
    public static Optional<String> contradiction(ControllerStore store, String id, String type) throws StoreException {
        return store.in(tx -> tx.distributors().find(id))
                .filter(row -> !row.type().equals(type))
                .map(row -> "distributorType, " + type + ": distributor " + id + " is there, and its type is "
                        + row.type() + "; another type needs another distributorId");
    }

    /**
     * Makes its row where there is none; one that is there stays as it is.
     *
     * @return whether it was made
     */
    public static boolean ensure(ControllerStore store, String id, String type) throws StoreException {
        try {
            return store.in(tx -> {
                if (tx.distributors().find(id).isPresent()) {
                    return false;
                }
                tx.distributors()
                        .insert(new Distributor(id, type, ProvisioningStatus.ACTIVE, "default", false, REDUNDANCY, 0));
                return true;
            });
        } catch (StoreConflict e) {
            return false; // another controller was first
        }
    }
}
