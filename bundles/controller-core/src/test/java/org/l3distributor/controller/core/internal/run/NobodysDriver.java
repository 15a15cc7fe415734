// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.net.IpAddress;

/** A driver that is there, and that nobody may call; who is to be asked something overrides that. */
public class NobodysDriver implements DistributorDriver {
    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("it is only asked whether there is one");
    }

    @Override
    public Operation<DistributorStatus> createDistributor(String distributorId) {
        throw unused();
    }

    @Override
    public Operation<DistributorStatus> deleteDistributor(String distributorId) {
        throw unused();
    }

    @Override
    public Operation<VipStatus> addVip(VipKey vip, List<IpAddress> vips) {
        throw unused();
    }

    @Override
    public Operation<VipStatus> removeVip(VipKey vip) {
        throw unused();
    }

    @Override
    public Operation<VipStatus> registerAmphorae(VipKey vip, List<Member> members) {
        throw unused();
    }

    @Override
    public Operation<VipStatus> unregisterAmphorae(VipKey vip, List<String> amphoraIds) {
        throw unused();
    }

    @Override
    public Operation<VipStatus> drainAmphorae(VipKey vip, List<String> amphoraIds, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
        throw unused();
    }
}
