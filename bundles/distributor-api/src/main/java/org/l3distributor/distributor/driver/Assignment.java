// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * One route that is, or may still be, announced: a row of the specification's distributor_l3_amphora_vip_registration.
 *
 * @param speakerId the amphora that announces; the serving one itself where members announce what they serve
 * @param amphoraId the amphora that serves
 * @param nextHop that amphora's front-end address
 * @param peer whom it is announced to; null = all of the speaker's peers
 * @param leaving true from the moment when it is not wanted any more until its withdrawal is known: a driver that forgot
 *     it earlier couldn't withdraw it after a crash
 */
public record Assignment(
        String speakerId,
        String amphoraId,
        IpAddress vip,
        IpAddress nextHop,
        @Nullable PeerId peer,
        boolean leaving) implements Comparable<Assignment> {
    private static final Comparator<Assignment> ORDER = Comparator.comparing(Assignment::vip)
            .thenComparing(Assignment::peerText)
            .thenComparing(Assignment::nextHop)
            .thenComparing(Assignment::speakerId)
            .thenComparing(Assignment::amphoraId)
            .thenComparing(Assignment::leaving);

    public static Assignment wanted(
            String speakerId, String amphoraId, IpAddress vip, IpAddress nextHop, @Nullable PeerId peer) {
        return new Assignment(speakerId, amphoraId, vip, nextHop, peer, false);
    }

    public Assignment asLeaving() {
        return new Assignment(speakerId, amphoraId, vip, nextHop, peer, true);
    }

    public Assignment asWanted() {
        return new Assignment(speakerId, amphoraId, vip, nextHop, peer, false);
    }

    /** What the speaker is asked for. */
    public Registration registration() {
        return new Registration(new Owner.Amphora(amphoraId), vip, nextHop, peer);
    }

    private String peerText() {
        return peer == null ? "" : peer.value();
    }

    @Override
    public int compareTo(Assignment other) {
        return ORDER.compare(this, other);
    }
}
