// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.store.SpeakerRows;

/** Table distributor_l3_bgp_speaker with the two tables that say which peers it has and where it runs. */
final class SpeakerTable extends PlainTable<BgpSpeaker, SpeakerRow> implements SpeakerRows {
    SpeakerTable(EntityManager em) {
        super(
                em,
                SpeakerRow.class,
                SpeakerRow::new,
                BgpSpeaker::id,
                BgpSpeaker::version,
                SpeakerRow::set,
                SpeakerRow::toValue);
    }

    @Override
    public List<BgpPeer> peers(String speakerId) {
        return em.createQuery(
                        "select p from PeerRow p where p.id in"
                                + " (select r.other from PeerRegistrationRow r where r.one = :id) order by p.id",
                        PeerRow.class)
                .setParameter("id", speakerId)
                .getResultStream()
                .map(PeerRow::toValue)
                .toList();
    }

    @Override
    public void addPeer(String speakerId, String peerId) {
        if (em.find(PeerRegistrationRow.class, new PairKey(speakerId, peerId)) == null) {
            em.persist(new PeerRegistrationRow(speakerId, peerId));
            em.flush();
        }
    }

    @Override
    public boolean removePeer(String speakerId, String peerId) {
        return remove(em.find(PeerRegistrationRow.class, new PairKey(speakerId, peerId)));
    }

    private boolean remove(@Nullable Object row) {
        if (row == null) {
            return false;
        }
        em.remove(row);
        em.flush();
        return true;
    }

    @Override
    public List<String> amphorae(String speakerId) {
        return em.createQuery(
                        "select r.other from SpeakerRegistrationRow r where r.one = :id order by r.other", String.class)
                .setParameter("id", speakerId)
                .getResultList();
    }

    @Override
    public List<BgpSpeaker> of(String amphoraId) {
        return em.createQuery(
                        "select s from SpeakerRow s where s.id in"
                                + " (select r.one from SpeakerRegistrationRow r where r.other = :id) order by s.id",
                        SpeakerRow.class)
                .setParameter("id", amphoraId)
                .getResultStream()
                .map(SpeakerRow::toValue)
                .toList();
    }

    @Override
    public void assign(String speakerId, String amphoraId) {
        if (em.find(SpeakerRegistrationRow.class, new PairKey(speakerId, amphoraId)) == null) {
            em.persist(new SpeakerRegistrationRow(speakerId, amphoraId));
            em.flush();
        }
    }

    @Override
    public boolean unassign(String speakerId, String amphoraId) {
        return remove(em.find(SpeakerRegistrationRow.class, new PairKey(speakerId, amphoraId)));
    }
}
