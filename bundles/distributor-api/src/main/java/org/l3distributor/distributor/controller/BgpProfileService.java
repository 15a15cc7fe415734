// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The BGP peer profile, for operators: speakers, peers, and who has which. What changes is pushed to the amphorae that run it.
 * Answers and refuses as {@link AmphoraService} does; {@link BgpRules} decides. Passwords are the controller's configuration,
 * and never here.
 */
@ProviderType
public interface BgpProfileService {
    /** @param speaker with a new id; refused CONFLICT when its name is taken */
    CompletionStage<Outcome<BgpSpeakerView>> create(BgpSpeaker speaker);

    CompletionStage<Outcome<BgpSpeakerView>> speaker(String id);

    /** By {@link Attributes#SPEAKERS}. */
    CompletionStage<Outcome<List<BgpSpeakerView>>> speakers(ListQuery query);

    /** @param expected as it was read; refused CONFLICT when it isn't so any more, or {@link BgpRules#broken} finds a fault */
    CompletionStage<Outcome<BgpSpeakerView>> change(BgpSpeaker expected, BgpSpeaker next);

    /** Refused CONFLICT while an amphora runs it. */
    CompletionStage<Outcome<BgpSpeakerView>> deleteSpeaker(String id);

    /** @param peer with a new id; refused CONFLICT when its name is taken */
    CompletionStage<Outcome<BgpPeer>> create(BgpPeer peer);

    CompletionStage<Outcome<BgpPeer>> peer(String id);

    /** By {@link Attributes#PEERS}. */
    CompletionStage<Outcome<List<BgpPeer>>> peers(ListQuery query);

    /** As that of a speaker. */
    CompletionStage<Outcome<BgpPeer>> change(BgpPeer expected, BgpPeer next);

    /** Refused CONFLICT while a speaker has it. */
    CompletionStage<Outcome<BgpPeer>> deletePeer(String id);

    /** Gives a speaker a peer; done when it has it. Refused CONFLICT when {@link BgpRules#broken} finds a fault. */
    CompletionStage<Outcome<BgpSpeakerView>> addPeer(String speakerId, String peerId);

    /** Takes a speaker's peer away; done when it hasn't it. Refused CONFLICT when it is the last one, and an amphora runs it. */
    CompletionStage<Outcome<BgpSpeakerView>> removePeer(String speakerId, String peerId);

    /**
     * Has an amphora run a speaker; done when it does. Refused CONFLICT when the speaker has no peer, or doesn't fit beside
     * another one of the amphora's ({@link BgpRules#broken}).
     */
    CompletionStage<Outcome<BgpSpeakerView>> assign(String speakerId, String amphoraId);

    /** Has an amphora not run a speaker; done when it doesn't. */
    CompletionStage<Outcome<BgpSpeakerView>> unassign(String speakerId, String amphoraId);

    /** Has the profile rendered and pushed again to every amphora that runs the speaker. */
    CompletionStage<Outcome<BgpSpeakerView>> push(String speakerId);
}
