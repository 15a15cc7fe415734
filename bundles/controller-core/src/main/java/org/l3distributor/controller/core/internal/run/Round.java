// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.time.Duration;
import org.l3distributor.distributor.store.StoreException;

/** Work that comes up again and again, for one controller at a time. */
public interface Round {
    /**
     * What one round leaves for the next.
     *
     * @param data text that the next one is given
     * @param pause until then
     * @param trouble for operators; "" when all is well
     */
    record Left(String data, Duration pause, String trouble) {}

    /**
     * Does one round; blocks for as long as it takes. It may be repeated, by another controller too, at any moment.
     *
     * @param data what the last one left, "" at first
     * @throws StoreException when the tables can't be asked: it is done again when its claim ends
     */
    Left go(String data) throws StoreException;
}
