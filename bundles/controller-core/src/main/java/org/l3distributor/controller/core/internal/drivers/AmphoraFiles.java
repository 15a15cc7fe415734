// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.time.Instant;
import java.util.Map;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.store.StoreException;

/** The files that an amphora finds when it starts: its agent's settings, who it is, and whom it speaks BGP with. */
public interface AmphoraFiles {
    /**
     * @param byPath path on the amphora to content
     * @param certificateExpires when the certificate among them ends
     */
    record Made(Map<String, byte[]> byPath, Instant certificateExpires) {}

    /**
     * A server certificate with its key.
     *
     * @param pem certificate first
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Certificate(byte[] pem, Instant expires) {}

    /**
     * All that a new amphora finds. Blocks on the tables.
     *
     * @throws StoreException when the tables can't be asked
     */
    Made of(Amphora amphora) throws StoreException;

    /**
     * A new one for an amphora. Blocks on the tables, whose clock counts.
     *
     * @throws StoreException when the tables can't be asked
     */
    Certificate certificate(String amphoraId) throws StoreException;

    /**
     * The agent's settings alone. Blocks on the tables.
     *
     * @throws StoreException when the tables can't be asked
     */
    byte[] settings(Amphora amphora) throws StoreException;
}
