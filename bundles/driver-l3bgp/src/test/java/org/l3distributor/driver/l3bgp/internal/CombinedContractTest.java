// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.contract.DistributorDriverContract;
import org.l3distributor.net.IpAddress;

/** The contract of drivers, where members announce what they serve. */
class CombinedContractTest extends DistributorDriverContract {
    private final Surroundings around = new Surroundings("amphora", 4);

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
        return Surroundings.combined();
    }

    @Override
    protected Member member(int number) {
        return Surroundings.member(number, around.amphora(number));
    }

    @Override
    protected void serve(List<IpAddress> vips, Member member) {
        int number = Integer.parseInt(member.amphoraId().substring("amphora-".length()));
        for (IpAddress vip : vips) {
            around.amphora(number).serve(vip, member.nextHop(vip.family()).orElseThrow());
        }
    }
}
