// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import org.junit.jupiter.api.AfterEach;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.contract.DistributorDriverContract;

/** The contract of drivers, where speakers announce for others. */
class DedicatedContractTest extends DistributorDriverContract {
    private final Surroundings around = new Surroundings("speaker", 4);

    @AfterEach
    void end() {
        around.close();
    }

    @Override
    protected DistributorDriver open(DistributorRecords records) {
        return around.driver(records);
    }

    @Override
    protected void close(DistributorDriver driver) {
        ((L3BgpDriver) driver).close();
    }

    @Override
    protected DistributorRecord distributor() {
        return around.dedicated(1);
    }

    @Override
    protected Member member(int number) {
        return Surroundings.member(number, null);
    }
}
