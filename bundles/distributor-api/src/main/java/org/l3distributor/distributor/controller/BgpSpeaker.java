// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpPrefix;

/**
 * A speaker of the BGP peer profile; the same for every amphora that it is assigned to.
 *
 * @param transport the family of its sessions' transport
 * @param name the section's name in the file, at most 64 characters
 * @param allowedVipPrefixes what may be announced at all; empty = no bound
 */
public record BgpSpeaker(
        String id,
        AddressFamily transport,
        AsNumber localAs,
        String name,
        @Nullable String description,
        List<IpPrefix> allowedVipPrefixes,
        long version) {
    public BgpSpeaker {
        Texts.id("speaker id", id);
        allowedVipPrefixes = List.copyOf(allowedVipPrefixes);
    }

    public BgpSpeaker withVersion(long next) {
        return new BgpSpeaker(id, transport, localAs, name, description, allowedVipPrefixes, next);
    }
}
