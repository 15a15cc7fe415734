// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;

/**
 * A store on the shared, emptied database of a dialect; the test's class has {@link DatabaseServers} as its extension.
 * For tests of other bundles too, which take this module's test jar.
 */
public final class StoreOn implements AutoCloseable {
    final OpenStore open;
    final SharedStore store = new SharedStore(Duration.ofMillis(20));

    private final Settings settings;

    StoreOn(Settings settings) throws Exception {
        this.settings = settings;
        open = OpenStore.open(settings);
        store.opened(open);
    }

    /** On an empty database. */
    public static StoreOn fresh(Dialect dialect) throws Exception {
        return new StoreOn(DatabaseServers.migrated(dialect));
    }

    /** Another one on the same database: another controller's. */
    public StoreOn another() throws Exception {
        return new StoreOn(settings);
    }

    public ControllerStore store() {
        return store;
    }

    public NetworkRecords networks() {
        return new JpaNetworks(store);
    }

    <T> List<T> list(ControllerStore.Work<List<T>> work) throws StoreException {
        return store.in(work);
    }

    <T> Optional<T> optional(ControllerStore.Work<Optional<T>> work) throws StoreException {
        return store.in(work);
    }

    boolean yes(ControllerStore.Work<Boolean> work) throws StoreException {
        return store.in(work);
    }

    @Override
    public void close() {
        store.close();
        open.close();
    }
}
