// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.store.StoreException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is wanted of distributors, durably and shared by all controllers: the truth that a driver brings about and
 * repairs by. Calls block on the database: they are made from threads of the driver's own. When a method returns, what
 * it did survives kill -9 and power loss.
 */
@ProviderType
public interface DistributorRecords {
    /** The ids of all distributors of a type. */
    List<String> distributors(String type) throws StoreException;

    Optional<DistributorRecord> distributor(String id) throws StoreException;

    /** The records of all VIPs of a distributor, by load balancer id. */
    List<VipRecord> vips(String distributorId) throws StoreException;

    Optional<VipRecord> vip(VipKey key) throws StoreException;

    /**
     * Where an amphora's API listens, also that of one that is no member any more; empty when there is no such amphora,
     * and so nobody to ask.
     */
    Optional<InetSocketAddress> api(String amphoraId) throws StoreException;

    /**
     * Puts {@code next} in the place of {@code expected} if that is still what stands.
     *
     * @param expected what was read, null = there must be none
     * @return the record as it stands now, with its new version; empty when somebody else was first, and nothing changed
     */
    Optional<VipRecord> replace(@Nullable VipRecord expected, VipRecord next) throws StoreException;

    /** Removes {@code expected} if that is still what stands; false when it isn't, and nothing changed. */
    boolean remove(VipRecord expected) throws StoreException;
}
