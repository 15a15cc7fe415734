// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

/** Others had all connections to the database for so long that this work wasn't begun: it may be done later. */
public class StoreBusy extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreBusy(String message, Throwable cause) {
        super(message, cause);
    }
}
