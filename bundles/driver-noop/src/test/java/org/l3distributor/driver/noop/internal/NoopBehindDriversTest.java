// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.noop.internal;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Drivers;

/** What guards drivers changes nothing of what a good one does. */
class NoopBehindDriversTest extends NoopDriverTest {
    private final Drivers drivers = new Drivers(Duration.ofMinutes(2));
    private final Map<DistributorDriver, NoopDriver> behind = new IdentityHashMap<>();
    private int count;

    @Override
    protected DistributorDriver open(DistributorRecords records) {
        NoopDriver driver = new NoopDriver(records);
        String type = NoopDriver.NOOP + ++count; // as on several controllers, each with its own
        drivers.add(type, driver);
        DistributorDriver guarded = drivers.of(type).orElseThrow();
        behind.put(guarded, driver);
        return guarded;
    }

    @Override
    protected void close(DistributorDriver guarded) {
        NoopDriver driver = behind.get(guarded);
        for (String type : drivers.types()) {
            drivers.remove(type, driver);
        }
        driver.close();
    }
}
