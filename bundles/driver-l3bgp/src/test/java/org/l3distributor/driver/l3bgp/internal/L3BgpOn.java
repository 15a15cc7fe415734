// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.time.Duration;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecords;

/** The driver without a container, for tests of other bundles. */
public final class L3BgpOn implements AutoCloseable {
    /** The type that it is for. */
    public static final String TYPE = L3BgpDriver.L3_BGP;

    private final L3BgpDriver driver;

    /**
     * @param patience how long an operation waits for routes that are on their way
     * @param repair between two rounds of repair
     */
    public L3BgpOn(DistributorRecords records, AmphoraClients clients, Duration patience, Duration repair) {
        driver = new L3BgpDriver(records, clients, patience, repair);
    }

    public DistributorDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }
}
