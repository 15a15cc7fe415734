// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.json;

/** An answer that isn't what the API promises; the message says what is missing. */
public final class Garbled extends Exception {
    private static final long serialVersionUID = 1L;

    Garbled(String message) {
        super(message);
    }
}
