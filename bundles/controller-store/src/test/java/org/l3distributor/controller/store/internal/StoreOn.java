// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.driver.DistributorRecords;
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

    /** On a database that another process has filled; not for SQLite. */
    public static StoreOn at(String url, String user) throws Exception {
        return new StoreOn(new Settings(url, user, null, 8, false, null));
    }

    /** For {@link #at}, and for plain JDBC. */
    public String url() {
        return settings.url();
    }

    public String user() {
        return settings.user();
    }

    /** @param amphoraPort where amphorae are asked */
    public DistributorRecords records(int amphoraPort) {
        return new JpaRecords(store, amphoraPort);
    }

    /** Kills the server of a dialect, as a host that loses power. */
    public static void loseServer(Dialect dialect) throws Exception {
        DatabaseServers.server(dialect).kill();
    }

    /** Starts it again, with all that it had acknowledged. */
    public static void restoreServer(Dialect dialect) throws Exception {
        DatabaseServers.server(dialect).start();
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
