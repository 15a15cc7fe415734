// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.l3distributor.distributor.driver.contract.DistributorRecordsContract;
import org.l3distributor.distributor.driver.contract.MemoryRecords;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** The fake that drivers are tested with keeps the contract of what it stands for. */
class MemoryRecordsTest extends DistributorRecordsContract {
    @Override
    protected DistributorRecords records() {
        MemoryRecords records = new MemoryRecords();
        records.put(distributor());
        return records;
    }

    @Override
    protected DistributorRecord distributor() {
        return new DistributorRecord("d1", "TEST", DistributorRecord.Topology.COMBINED, 1, List.of());
    }

    @Override
    protected VipKey key() {
        return new VipKey("d1", "lb1");
    }

    @Override
    protected List<IpAddress> vips() {
        return List.of(IpAddress.parse("203.0.113.10"), IpAddress.parse("2001:db8:100::10"));
    }

    @Override
    protected Member member(int number) {
        return new Member(
                "a" + number,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9443),
                List.of(IpAddress.parse("10.20.0." + number), IpAddress.parse("2001:db8:f::" + number)),
                "d0");
    }

    @Override
    protected String speaker() {
        return "s1";
    }

    @Override
    protected PeerId peer() {
        return new PeerId("tor1");
    }
}
