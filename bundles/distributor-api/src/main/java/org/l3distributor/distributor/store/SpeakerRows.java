// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.List;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.osgi.annotation.versioning.ProviderType;

/** Table distributor_l3_bgp_speaker, which peers a speaker has, and which amphorae it runs on. */
@ProviderType
public interface SpeakerRows extends Rows<BgpSpeaker> {
    /** Its peers, by id. */
    List<BgpPeer> peers(String speakerId);

    /** Nothing where it is so already. */
    void addPeer(String speakerId, String peerId);

    boolean removePeer(String speakerId, String peerId);

    /** The ids of the amphorae that it runs on. */
    List<String> amphorae(String speakerId);

    /** The speakers of an amphora, by id. */
    List<BgpSpeaker> of(String amphoraId);

    /** Nothing where it is so already. */
    void assign(String speakerId, String amphoraId);

    boolean unassign(String speakerId, String amphoraId);
}
