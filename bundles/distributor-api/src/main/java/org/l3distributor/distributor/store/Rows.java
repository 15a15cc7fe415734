// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rows of a table, as values.
 *
 * @param <T> the value
 */
@ProviderType
public interface Rows<T> {
    Optional<T> find(String id);

    /**
     * As {@link #find}, and nobody else changes the row before this transaction ends. Whoever locks several rows locks
     * a load balancer before what belongs to it.
     */
    Optional<T> lock(String id);

    /** The rows of one page, in the query's order. */
    List<T> page(Query query);

    /** What a query may name: the columns, and for load balancers vip_address, vip_port_id, vip_subnet_id, vip_network_id. */
    Set<String> fields();

    /** Adds a row; the version in the value isn't looked at. */
    void insert(T value);

    /**
     * Puts {@code next} in the place of {@code expected} if no other transaction has changed the row since that was
     * read; it gets the next version.
     *
     * @return false when the row has another version or is gone, and nothing was changed
     */
    boolean update(T expected, T next);

    /** Removes the row and what is part of it; false when there is none. */
    boolean delete(String id);
}
