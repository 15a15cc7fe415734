// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.l3distributor.net.IpPrefix;

/** What a user changes of a listener. */
public record ListenerChange(
        HeaderChange header,
        Change<Integer> connectionLimit,
        Change<String> defaultPoolId,
        Change<Map<String, String>> insertHeaders,
        Change<Integer> timeoutClientData,
        Change<Integer> timeoutMemberConnect,
        Change<Integer> timeoutMemberData,
        Change<Integer> timeoutTcpInspect,
        Change<List<IpPrefix>> allowedCidrs) {
    public Listener of(Listener old, Instant now) {
        return new Listener(
                old.header().changed(header, now),
                old.loadBalancerId(),
                old.protocol(),
                old.protocolPort(),
                connectionLimit.or(old.connectionLimit()),
                defaultPoolId.orNull(old.defaultPoolId()),
                insertHeaders.or(old.insertHeaders()),
                timeoutClientData.or(old.timeoutClientData()),
                timeoutMemberConnect.or(old.timeoutMemberConnect()),
                timeoutMemberData.or(old.timeoutMemberData()),
                timeoutTcpInspect.or(old.timeoutTcpInspect()),
                allowedCidrs.or(old.allowedCidrs()));
    }
}
