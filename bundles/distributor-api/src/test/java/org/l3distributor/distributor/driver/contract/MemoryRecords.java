// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver.contract;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;

/** Records in memory, which a test can make fail or hang. */
public final class MemoryRecords implements DistributorRecords {
    private final Map<String, DistributorRecord> distributors = new TreeMap<>();
    private final Map<String, VipRecord> vips = new TreeMap<>();
    private final Map<String, InetSocketAddress> amphorae = new TreeMap<>();
    private long versions;
    private volatile boolean broken;
    private volatile CountDownLatch open = new CountDownLatch(0);

    public synchronized void put(DistributorRecord distributor) {
        distributors.put(distributor.id(), distributor);
    }

    /** What the controller does after the driver's delete. */
    public synchronized void drop(String distributorId) {
        distributors.remove(distributorId);
    }

    /** The amphora was deleted. */
    public synchronized void delete(String amphoraId) {
        amphorae.remove(amphoraId);
    }

    /** From now on every call fails, or none does. */
    public void broken(boolean so) {
        broken = so;
    }

    /** From now on every call hangs until the latch is let down. */
    public CountDownLatch hang() {
        CountDownLatch latch = new CountDownLatch(1);
        open = latch;
        return latch;
    }

    private void reach() throws StoreException {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("read: interrupted", e);
        }
        if (broken) {
            throw new StoreException("read: the database is away", new IllegalStateException("as the test wants it"));
        }
    }

    @Override
    public List<String> distributors(String type) throws StoreException {
        reach();
        synchronized (this) {
            return distributors.values().stream()
                    .filter(d -> d.type().equals(type))
                    .map(DistributorRecord::id)
                    .toList();
        }
    }

    @Override
    public Optional<DistributorRecord> distributor(String id) throws StoreException {
        reach();
        synchronized (this) {
            return Optional.ofNullable(distributors.get(id));
        }
    }

    @Override
    public List<VipRecord> vips(String distributorId) throws StoreException {
        reach();
        synchronized (this) {
            return vips.values().stream()
                    .filter(v -> v.key().distributorId().equals(distributorId))
                    .toList();
        }
    }

    @Override
    public Optional<VipRecord> vip(VipKey key) throws StoreException {
        reach();
        synchronized (this) {
            return Optional.ofNullable(vips.get(key.toString()));
        }
    }

    @Override
    public Optional<InetSocketAddress> api(String amphoraId) throws StoreException {
        reach();
        synchronized (this) {
            return Optional.ofNullable(amphorae.get(amphoraId));
        }
    }

    @Override
    public Optional<VipRecord> replace(VipRecord expected, VipRecord next) throws StoreException {
        reach();
        synchronized (this) {
            if (!stands(next.key(), expected)) {
                return Optional.empty();
            }
            next.members().forEach(m -> amphorae.put(m.amphoraId(), m.api()));
            VipRecord stored = new VipRecord(next.key(), next.vips(), next.members(), next.assignments(), ++versions);
            vips.put(next.key().toString(), stored);
            return Optional.of(stored);
        }
    }

    @Override
    public boolean remove(VipRecord expected) throws StoreException {
        reach();
        synchronized (this) {
            return stands(expected.key(), expected)
                    && vips.remove(expected.key().toString()) != null;
        }
    }

    private boolean stands(VipKey key, VipRecord expected) {
        VipRecord present = vips.get(key.toString());
        return expected == null ? present == null : present != null && present.version() == expected.version();
    }
}
