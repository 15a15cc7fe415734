// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.function.BiFunction;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;

/** Does work on entities in one transaction, again when it met another one. */
interface Access {
    /** @param attempted what it is, for the fault's text */
    <T> T transaction(String attempted, BiFunction<EntityManager, Dialect, T> work) throws StoreException;
}
