// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The drivers that are there at this moment, by type of distributor. They come and go while the controller runs, and
 * may be anybody's, so each is called through a guard: its operations end, as {@link DriverResult.Failed} when it
 * throws, doesn't answer in time or is taken away in the middle.
 */
public final class Drivers implements AutoCloseable {
    static final String GONE = "the driver has gone";

    private final Duration patience;
    private final Map<String, List<GuardedDriver>> byType = new TreeMap<>(); // and below: under this object's lock

    /** @param patience after which an operation of a driver that says nothing fails */
    public Drivers(Duration patience) {
        this.patience = patience;
    }

    /** Takes a driver on. Where there are several of one type the first is asked, and the next when it goes. */
    public synchronized void add(String type, DistributorDriver driver) {
        byType.computeIfAbsent(type, key -> new ArrayList<>()).add(new GuardedDriver(type, driver, patience));
    }

    /** Lets a driver go: what it has open fails now. One that isn't there is gone. */
    public void remove(String type, DistributorDriver driver) {
        Optional<GuardedDriver> found = taken(type, driver);
        found.ifPresent(GuardedDriver::close); // outside of the lock: it runs what waits for the results
    }

    private synchronized Optional<GuardedDriver> taken(String type, DistributorDriver driver) {
        List<GuardedDriver> all = byType.getOrDefault(type, List.of());
        Optional<GuardedDriver> found =
                all.stream().filter(guarded -> guarded.driver() == driver).findFirst();
        found.ifPresent(all::remove);
        if (all.isEmpty()) {
            byType.remove(type);
        }
        return found;
    }

    /** The driver for distributors of a type, if there is one at this moment; safe to call also when it has gone. */
    public synchronized Optional<DistributorDriver> of(String type) {
        return Optional.ofNullable(byType.get(type)).map(all -> all.get(0));
    }

    public synchronized Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    @Override
    public void close() {
        List<GuardedDriver> all = new ArrayList<>();
        synchronized (this) {
            byType.values().forEach(all::addAll);
            byType.clear();
        }
        all.forEach(GuardedDriver::close);
    }
}
