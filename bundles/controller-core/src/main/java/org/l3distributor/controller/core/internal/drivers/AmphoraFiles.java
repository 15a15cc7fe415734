// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.Map;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.store.StoreException;

/** The files that an amphora finds when it starts: its agent's settings, who it is, and whom it speaks BGP with. */
public interface AmphoraFiles {
    /**
     * Path on the amphora to content. Blocks on the tables.
     *
     * @throws StoreException when the tables can't be asked
     */
    Map<String, byte[]> of(Amphora amphora) throws StoreException;

    /**
     * The agent's settings alone. Blocks on the tables.
     *
     * @throws StoreException when the tables can't be asked
     */
    byte[] settings(Amphora amphora) throws StoreException;
}
