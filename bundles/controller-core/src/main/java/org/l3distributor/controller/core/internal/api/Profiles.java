// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.controller.core.internal.run.Writer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/**
 * The BGP peer profile, in the tables. A change is made in the transaction, looked at with all rules, and rolled back where
 * it breaks one; with it go the tasks that push the profile to the amphorae that run it.
 */
final class Profiles implements BgpProfileService {
    private static final String SPEAKER = "Speaker";
    private static final String PEER = "Peer";

    private final Desk desk;

    Profiles(Desk desk) {
        this.desk = desk;
    }

    private static BgpSpeakerView view(Transaction tx, BgpSpeaker speaker) {
        return new BgpSpeakerView(
                speaker, tx.speakers().peers(speaker.id()), tx.speakers().amphorae(speaker.id()));
    }

    private static List<BgpSpeakerView> views(Transaction tx) {
        return tx.speakers().page(Query.all()).stream().map(s -> view(tx, s)).toList();
    }

    private static <T> Outcome<T> taken(String what, String name) {
        return Outcome.refused(
                Refusal.conflict("name", name, "There is a " + what + " of the name " + name + " already."));
    }

    private static <T> Outcome<T> moved(String what, String id) {
        return Outcome.refused(
                Refusal.conflict("id", id, what + " " + id + " was changed meanwhile; look at it and try again."));
    }

    /** The transaction is rolled back by it, and it is the answer. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Refusal> reasons;

        Broken(List<Refusal> reasons) {
            super("the profile would contradict itself");
            this.reasons = reasons;
        }
    }

    /** The answer to a change that {@link #checked} may have rolled back. */
    static <T> CompletionStage<Outcome<T>> answered(CompletionStage<Outcome<T>> stage) {
        return stage.exceptionally(thrown -> {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            if (cause instanceof Broken broken) {
                return Outcome.refused(broken.reasons);
            }
            throw new IllegalStateException(thrown);
        });
    }

    /** Ends the transaction, with all that was changed in it, where the profile would contradict itself. */
    static void checked(Transaction tx) {
        List<Refusal> reasons = BgpRules.contradictions(views(tx));
        if (!reasons.isEmpty()) {
            throw new Broken(reasons);
        }
    }

    private void push(Transaction tx, List<String> amphoraIds) {
        for (String id : amphoraIds) {
            Optional<Amphora> amphora = tx.amphorae().find(id);
            amphora.ifPresent(new Writer(tx)::push);
        }
    }

    private <T> CompletionStage<Outcome<T>> change(ControllerStore.Work<Outcome<T>> work) {
        return answered(desk.ask(work)).thenApply(outcome -> {
            desk.nudge();
            return outcome;
        });
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> create(BgpSpeaker speaker) {
        return change(tx -> {
            if (tx.speakers().page(Query.all()).stream().anyMatch(s -> s.name().equals(speaker.name()))) {
                return taken("speaker", speaker.name());
            }
            tx.speakers().insert(speaker);
            return Outcome.done(view(tx, speaker));
        });
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> speaker(String id) {
        return desk.ask(tx -> Desk.found(tx.speakers().find(id).map(s -> view(tx, s)), SPEAKER, id));
    }

    @Override
    public CompletionStage<Outcome<List<BgpSpeakerView>>> speakers(ListQuery query) {
        return desk.ask(tx -> query.page(views(tx), Attributes.SPEAKERS));
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> change(BgpSpeaker expected, BgpSpeaker next) {
        return change(tx -> {
            if (tx.speakers().find(expected.id()).isEmpty()) {
                return Outcome.refused(Words.notFound(SPEAKER, expected.id()));
            }
            if (!tx.speakers().update(expected, next)) {
                return moved(SPEAKER, expected.id());
            }
            checked(tx);
            push(tx, tx.speakers().amphorae(next.id()));
            return Outcome.done(view(tx, tx.speakers().find(next.id()).orElseThrow()));
        });
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> deleteSpeaker(String id) {
        return change(tx -> {
            Optional<BgpSpeakerView> old = tx.speakers().find(id).map(s -> view(tx, s));
            if (old.isEmpty()) {
                return Outcome.refused(Words.notFound(SPEAKER, id));
            }
            int users = old.get().amphoraIds().size();
            if (users > 0) {
                return Outcome.refused(
                        Refusal.conflict("id", id, SPEAKER + " " + id + " is run by " + users + " amphorae."));
            }
            old.get().peers().forEach(p -> tx.speakers().removePeer(id, p.id()));
            tx.speakers().delete(id);
            return Outcome.done(old.get());
        });
    }

    @Override
    public CompletionStage<Outcome<BgpPeer>> create(BgpPeer peer) {
        return change(tx -> {
            if (tx.peers().page(Query.all()).stream().anyMatch(p -> p.name().equals(peer.name()))) {
                return taken("peer", peer.name());
            }
            tx.peers().insert(peer);
            return Outcome.done(peer);
        });
    }

    @Override
    public CompletionStage<Outcome<BgpPeer>> peer(String id) {
        return desk.ask(tx -> Desk.found(tx.peers().find(id), PEER, id));
    }

    @Override
    public CompletionStage<Outcome<List<BgpPeer>>> peers(ListQuery query) {
        return desk.ask(tx -> query.page(tx.peers().page(Query.all()), Attributes.PEERS));
    }

    @Override
    public CompletionStage<Outcome<BgpPeer>> change(BgpPeer expected, BgpPeer next) {
        return change(tx -> {
            if (tx.peers().find(expected.id()).isEmpty()) {
                return Outcome.refused(Words.notFound(PEER, expected.id()));
            }
            if (!tx.peers().update(expected, next)) {
                return moved(PEER, expected.id());
            }
            checked(tx);
            for (BgpSpeakerView speaker : of(tx, next.id())) {
                push(tx, speaker.amphoraIds());
            }
            return Outcome.done(tx.peers().find(next.id()).orElseThrow());
        });
    }

    private static List<BgpSpeakerView> of(Transaction tx, String peerId) {
        return views(tx).stream()
                .filter(s -> s.peers().stream().anyMatch(p -> p.id().equals(peerId)))
                .toList();
    }

    @Override
    public CompletionStage<Outcome<BgpPeer>> deletePeer(String id) {
        return change(tx -> {
            Optional<BgpPeer> old = tx.peers().find(id);
            if (old.isEmpty()) {
                return Outcome.refused(Words.notFound(PEER, id));
            }
            int users = of(tx, id).size();
            if (users > 0) {
                return Outcome.refused(
                        Refusal.conflict("id", id, PEER + " " + id + " belongs to " + users + " speakers."));
            }
            tx.peers().delete(id);
            return Outcome.done(old.get());
        });
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> addPeer(String speakerId, String peerId) {
        return peered(speakerId, peerId, tx -> tx.speakers().addPeer(speakerId, peerId));
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> removePeer(String speakerId, String peerId) {
        return peered(speakerId, peerId, tx -> tx.speakers().removePeer(speakerId, peerId));
    }

    private CompletionStage<Outcome<BgpSpeakerView>> peered(
            String speakerId, String peerId, Consumer<Transaction> change) {
        return change(tx -> {
            if (tx.peers().find(peerId).isEmpty()) {
                return Outcome.refused(Words.notFound(PEER, peerId));
            }
            return linked(tx, speakerId, change, List.of());
        });
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> assign(String speakerId, String amphoraId) {
        return assigned(speakerId, amphoraId, tx -> tx.speakers().assign(speakerId, amphoraId));
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> unassign(String speakerId, String amphoraId) {
        return assigned(speakerId, amphoraId, tx -> tx.speakers().unassign(speakerId, amphoraId));
    }

    private CompletionStage<Outcome<BgpSpeakerView>> assigned(
            String speakerId, String amphoraId, Consumer<Transaction> change) {
        return change(tx -> {
            if (tx.amphorae().find(amphoraId).isEmpty()) {
                return Outcome.refused(Words.notFound(Words.AMPHORA, amphoraId));
            }
            return linked(tx, speakerId, change, List.of(amphoraId));
        });
    }

    private Outcome<BgpSpeakerView> linked(
            Transaction tx, String speakerId, Consumer<Transaction> change, List<String> more) {
        Optional<BgpSpeaker> speaker = tx.speakers().lock(speakerId);
        if (speaker.isEmpty()) {
            return Outcome.refused(Words.notFound(SPEAKER, speakerId));
        }
        BgpSpeakerView before = view(tx, speaker.get());
        change.accept(tx);
        checked(tx);
        BgpSpeakerView after = view(tx, speaker.get());
        if (!after.equals(before)) {
            List<String> concerned = new ArrayList<>(after.amphoraIds());
            more.stream().filter(id -> !concerned.contains(id)).forEach(concerned::add);
            push(tx, concerned);
        }
        return Outcome.done(after);
    }

    @Override
    public CompletionStage<Outcome<BgpSpeakerView>> push(String speakerId) {
        return change(tx -> {
            Optional<BgpSpeaker> speaker = tx.speakers().find(speakerId);
            if (speaker.isEmpty()) {
                return Outcome.refused(Words.notFound(SPEAKER, speakerId));
            }
            push(tx, tx.speakers().amphorae(speakerId));
            return Outcome.done(view(tx, speaker.get()));
        });
    }
}
