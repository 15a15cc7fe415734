// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;

/** Records of one distributor with at most one load balancer, which can be made to hang. */
final class OneVip implements DistributorRecords {
    private final DistributorRecord distributor;
    private VipRecord record;
    private long version;
    private volatile CountDownLatch open = new CountDownLatch(0);

    OneVip(DistributorRecord distributor) {
        this.distributor = distributor;
    }

    /** Every call from now on hangs until the latch is let down. */
    CountDownLatch hang() {
        CountDownLatch latch = new CountDownLatch(1);
        open = latch;
        return latch;
    }

    private void reach() throws StoreException {
        try {
            if (!open.await(2, TimeUnit.MINUTES)) {
                throw new StoreException("read: nobody let it go on", new IllegalStateException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("read: interrupted", e);
        }
    }

    @Override
    public List<String> distributors(String type) throws StoreException {
        reach();
        return type.equals(distributor.type()) ? List.of(distributor.id()) : List.of();
    }

    @Override
    public Optional<DistributorRecord> distributor(String id) throws StoreException {
        reach();
        return Optional.of(distributor).filter(d -> d.id().equals(id));
    }

    @Override
    public synchronized List<VipRecord> vips(String distributorId) throws StoreException {
        reach();
        return record == null ? List.of() : List.of(record);
    }

    @Override
    public synchronized Optional<VipRecord> vip(VipKey key) throws StoreException {
        reach();
        return Optional.ofNullable(record);
    }

    @Override
    public Optional<InetSocketAddress> api(String amphoraId) throws StoreException {
        reach();
        return Optional.empty();
    }

    @Override
    public synchronized Optional<VipRecord> replace(VipRecord expected, VipRecord next) throws StoreException {
        reach();
        boolean stands = expected == null ? record == null : record != null && record.version() == expected.version();
        if (!stands) {
            return Optional.empty();
        }
        record = new VipRecord(next.key(), next.vips(), next.members(), next.assignments(), ++version);
        return Optional.of(record);
    }

    @Override
    public synchronized boolean remove(VipRecord expected) throws StoreException {
        reach();
        boolean stands = record != null && record.version() == expected.version();
        record = stands ? null : record;
        return stands;
    }
}
