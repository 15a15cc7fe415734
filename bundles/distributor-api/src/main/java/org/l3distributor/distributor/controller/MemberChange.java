// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.l3distributor.net.IpAddress;

/** What a user changes of a member. */
public record MemberChange(
        HeaderChange header,
        Change<Integer> weight,
        Change<Boolean> backup,
        Change<IpAddress> monitorAddress,
        Change<Integer> monitorPort) {
    public Member of(Member old, Instant now) {
        return new Member(
                old.header().changed(header, now),
                old.poolId(),
                old.address(),
                old.protocolPort(),
                weight.or(old.weight()),
                backup.or(old.backup()),
                old.subnetId(),
                monitorAddress.orNull(old.monitorAddress()),
                monitorPort.orNull(old.monitorPort()));
    }
}
