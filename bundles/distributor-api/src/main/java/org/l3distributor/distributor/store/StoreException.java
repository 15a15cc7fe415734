// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

/** The store could not do it; nothing was changed. The message says what was attempted, on what, and why it failed. */
public class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
