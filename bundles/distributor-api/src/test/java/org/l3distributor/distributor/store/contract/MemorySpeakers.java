// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import static org.l3distributor.distributor.store.contract.MemoryStore.Contradiction.unless;

import java.util.List;
import java.util.SortedSet;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.store.SpeakerRows;

final class MemorySpeakers extends MemoryRows<BgpSpeaker> implements SpeakerRows {
    private final MemoryTables tables;

    MemorySpeakers(MemoryTables tables) {
        super("speaker", tables.speakers, BgpSpeaker::id, BgpSpeaker::version, BgpSpeaker::withVersion);
        this.tables = tables;
        column("local_as", s -> s.localAs().value());
        column("l3d_name", BgpSpeaker::name);
        column("l3d_description", BgpSpeaker::description);
        checked(
                s -> {},
                id -> unless(
                        firsts(tables.peersOf, id).isEmpty()
                                && firsts(tables.speakersOn, id).isEmpty(),
                        "speaker " + id + " is in use"));
    }

    /** The second ids of pairs with this first one. */
    private static List<String> firsts(SortedSet<String> pairs, String first) {
        return pairs.stream()
                .filter(pair -> pair.startsWith(first + "/"))
                .map(pair -> pair.substring(first.length() + 1))
                .toList();
    }

    @Override
    public List<BgpPeer> peers(String speakerId) {
        return firsts(tables.peersOf, speakerId).stream().map(tables.peers::get).toList();
    }

    @Override
    public void addPeer(String speakerId, String peerId) {
        unless(tables.speakers.containsKey(speakerId) && tables.peers.containsKey(peerId), "no such speaker or peer");
        tables.peersOf.add(speakerId + "/" + peerId);
    }

    @Override
    public boolean removePeer(String speakerId, String peerId) {
        return tables.peersOf.remove(speakerId + "/" + peerId);
    }

    @Override
    public List<String> amphorae(String speakerId) {
        return firsts(tables.speakersOn, speakerId);
    }

    @Override
    public List<BgpSpeaker> of(String amphoraId) {
        return tables.speakers.values().stream()
                .filter(s -> tables.speakersOn.contains(s.id() + "/" + amphoraId))
                .toList();
    }

    @Override
    public void assign(String speakerId, String amphoraId) {
        unless(
                tables.speakers.containsKey(speakerId) && tables.amphorae.containsKey(amphoraId),
                "no such speaker or amphora");
        tables.speakersOn.add(speakerId + "/" + amphoraId);
    }

    @Override
    public boolean unassign(String speakerId, String amphoraId) {
        return tables.speakersOn.remove(speakerId + "/" + amphoraId);
    }
}
