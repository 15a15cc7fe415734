// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;

/**
 * A peer of the BGP peer profile. Its password is nowhere in the database.
 *
 * @param authType {@code md5} or null
 * @param ttlHops 1..254, null = no TTL security
 * @param holdTime seconds, null = the default
 * @param keepaliveInterval seconds, null = a third of the hold time
 * @param name the section's name in the file, at most 64 characters
 * @param families what it carries; empty = as the number of speakers says
 * @param addPath takes several next hops for one VIP from one speaker (RFC 7911)
 */
public record BgpPeer(
        String id,
        IpAddress peerIp,
        AsNumber remoteAs,
        @Nullable String authType,
        @Nullable Integer ttlHops,
        @Nullable Integer holdTime,
        @Nullable Integer keepaliveInterval,
        String name,
        @Nullable String description,
        Set<AddressFamily> families,
        boolean addPath,
        boolean passive,
        boolean enabled,
        long version) {
    public BgpPeer {
        Texts.id("peer id", id);
        families = Collections.unmodifiableSet(new TreeSet<>(families));
    }

    public BgpPeer withVersion(long next) {
        return new BgpPeer(
                id,
                peerIp,
                remoteAs,
                authType,
                ttlHops,
                holdTime,
                keepaliveInterval,
                name,
                description,
                families,
                addPath,
                passive,
                enabled,
                next);
    }
}
