// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/** A member as a user wishes it, with Octavia's defaults where nothing was said. */
public record MemberDraft(
        HeaderDraft header,
        IpAddress address,
        int protocolPort,
        int weight,
        boolean backup,
        @Nullable String subnetId,
        @Nullable IpAddress monitorAddress,
        @Nullable Integer monitorPort) {
    public Member made(String id, LoadBalancerTree.PoolTree pool, Instant now) {
        OperatingStatus operating = pool.monitor() == null ? OperatingStatus.NO_MONITOR : OperatingStatus.OFFLINE;
        return new Member(
                Header.created(id, pool.pool().header().projectId(), header, operating, now),
                pool.pool().id(),
                address,
                protocolPort,
                weight,
                backup,
                subnetId,
                monitorAddress,
                monitorPort);
    }

    /** For a batch, which changes the member that has this address and port. */
    public MemberChange asChange() {
        return new MemberChange(
                new HeaderChange(
                        Change.to(header.name()), Change.keep(), Change.to(header.enabled()), Change.to(header.tags())),
                Change.to(weight),
                Change.to(backup),
                Change.to(monitorAddress),
                Change.to(monitorPort));
    }

    public boolean isSameServer(Member member) {
        return member.address().equals(address) && member.protocolPort() == protocolPort;
    }
}
