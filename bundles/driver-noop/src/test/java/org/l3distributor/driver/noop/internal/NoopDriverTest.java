// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.noop.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.contract.DistributorDriverContract;
import org.l3distributor.net.IpAddress;

class NoopDriverTest extends DistributorDriverContract {
    @Override
    protected DistributorDriver open(DistributorRecords records) {
        return new NoopDriver(records);
    }

    @Override
    protected void close(DistributorDriver driver) {
        ((NoopDriver) driver).close();
    }

    @Override
    protected DistributorRecord distributor() {
        return new DistributorRecord("d1", NoopDriver.NOOP, DistributorRecord.Topology.COMBINED, 1, List.of());
    }

    @Override
    protected Member member(int number) {
        return new Member(
                "amphora-" + number,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9443),
                List.of(IpAddress.parse("10.20.0." + number), IpAddress.parse("2001:db8:f::" + number)),
                "rack1");
    }

    @Override
    protected boolean announces() {
        return false;
    }
}
