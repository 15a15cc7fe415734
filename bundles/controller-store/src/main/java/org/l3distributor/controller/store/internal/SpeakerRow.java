// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpPrefix;

/** A row of table distributor_l3_bgp_speaker. */
@Entity(name = "SpeakerRow")
@Table(name = "distributor_l3_bgp_speaker")
class SpeakerRow extends VersionedRow {
    @Column(name = "ip_version")
    int ipVersion;

    @Column(name = "local_as")
    long localAs;

    @Column(name = "l3d_name")
    String name = "";

    @Column(name = "l3d_description")
    @Nullable
    String description;

    @Column(name = "l3d_allowed_vip_prefixes")
    @Nullable
    String allowedVipPrefixes;

    BgpSpeaker toValue() {
        return new BgpSpeaker(
                id,
                AddressFamily.ofIpVersion(ipVersion),
                new AsNumber(localAs),
                name,
                description,
                Words.split(allowedVipPrefixes).stream().map(IpPrefix::parse).toList(),
                version);
    }

    void set(BgpSpeaker value) {
        ipVersion = value.transport().ipVersion();
        localAs = value.localAs().value();
        name = value.name();
        description = value.description();
        allowedVipPrefixes = Words.joined(value.allowedVipPrefixes());
    }
}
