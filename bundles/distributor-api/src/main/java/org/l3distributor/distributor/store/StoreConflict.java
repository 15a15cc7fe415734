// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

/** A row would contradict others: there is one with the same key, or one that it refers to is missing. */
public class StoreConflict extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
