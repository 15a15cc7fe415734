// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.view.EventLog;
import org.l3distributor.amphora.internal.view.Views;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;

/** Shows the peers as the speaker has them, and holds, clears and refreshes one. */
final class Peers implements PeerService {
    private static final int MOST_EVENTS = 1000;

    private final Answers answers;
    private final BgpSpeaker speaker;
    private final InForce inForce;
    private final StoreLink store;
    private final EventLog events;
    private final Journal journal;

    Peers(Answers answers, BgpSpeaker speaker, InForce inForce, StoreLink store, EventLog events, Journal journal) {
        this.answers = answers;
        this.speaker = speaker;
        this.inForce = inForce;
        this.store = store;
        this.events = events;
        this.journal = journal;
    }

    @Override
    public List<PeerView> peers() {
        Set<PeerId> held = inForce.state().disabled();
        return speaker.peers().stream().map(peer -> Views.peer(peer, held)).toList();
    }

    @Override
    public Optional<PeerView> peer(PeerId id) {
        return peers().stream().filter(peer -> peer.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<Outcome<List<AdvertisedView>>> advertised(@Nullable PeerId id) {
        return answers.<List<AdvertisedView>>outcome(answer -> {
            if (id != null && peer(id).isEmpty()) {
                answer.complete(Outcome.refused(unknown(id)));
                return;
            }
            answers.await(
                    speaker.advertised(id),
                    Registrar.WIRE_BOUND,
                    table -> answer.complete(
                            Outcome.done(table.stream().map(Views::advertised).toList())),
                    () -> answer.complete(Outcome.refused(Refusal.notReady(
                            "the speaker hasn't shown its routes within " + Registrar.WIRE_BOUND.toSeconds() + " s"))),
                    answer);
        });
    }

    @Override
    public List<EventView> events(@Nullable PeerId id, int limit) {
        if (limit < 1 || limit > MOST_EVENTS) {
            throw new IllegalArgumentException("limit must be 1.." + MOST_EVENTS + ", got " + limit);
        }
        return events.with(speaker.events(id), id, limit);
    }

    @Override
    public CompletionStage<Outcome<PeerView>> disable(PeerId id) {
        return hold(id, true);
    }

    @Override
    public CompletionStage<Outcome<PeerView>> enable(PeerId id) {
        return hold(id, false);
    }

    private CompletionStage<Outcome<PeerView>> hold(PeerId id, boolean down) {
        return answers.<PeerView>outcome(answer -> {
            PeerProfile profile = configured(id);
            if (profile == null) {
                answer.complete(Outcome.refused(unknown(id)));
            } else if (!down && !profile.enabled()) {
                answer.complete(Outcome.refused(
                        Refusal.conflict("peer_id", id.value(), "is held down by the profile: enabled = false")));
            } else if (inForce.state().disabled().contains(id) == down) {
                show(id, answer);
            } else {
                String name = Overrides.disabled(id);
                store.write(
                        on -> {
                            if (down) {
                                on.putOverride(name, "");
                            } else {
                                on.removeOverride(name);
                            }
                        },
                        () -> held(id, down, answer),
                        answer);
            }
        });
    }

    private void held(PeerId id, boolean down, CompletableFuture<Outcome<PeerView>> answer) {
        journal.operator(id, down ? "disabled" : "enabled");
        Set<PeerId> disabled = new HashSet<>(inForce.state().disabled());
        if (down) {
            disabled.add(id);
        } else {
            disabled.remove(id);
        }
        inForce.overridden(inForce.state().override(), disabled, () -> Answers.guarded(answer, () -> show(id, answer)));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> clear(PeerId id) {
        return tell(id, speaker::clear, "cleared");
    }

    @Override
    public CompletionStage<Outcome<PeerView>> refresh(PeerId id) {
        return tell(id, speaker::refresh, "refreshed");
    }

    private CompletionStage<Outcome<PeerView>> tell(PeerId id, Consumer<PeerId> order, String text) {
        return answers.<PeerView>outcome(answer -> {
            if (peer(id).isPresent()) {
                order.accept(id);
                journal.operator(id, text);
            }
            show(id, answer);
        });
    }

    /** As the peer is once the speaker has taken up what it was told just before. */
    private void show(PeerId id, CompletableFuture<Outcome<PeerView>> answer) {
        Runnable shown =
                () -> answer.complete(peer(id).map(Outcome::done).orElseGet(() -> Outcome.refused(unknown(id))));
        answers.await(speaker.settled(), Registrar.WIRE_BOUND, nothing -> shown.run(), shown, answer);
    }

    private @Nullable PeerProfile configured(PeerId id) {
        BgpProfile profile = inForce.state().choice().profile();
        return profile == null
                ? null
                : profile.peers().stream()
                        .filter(peer -> peer.id().equals(id))
                        .findFirst()
                        .orElse(null);
    }

    private Refusal unknown(PeerId id) {
        return Refusal.notFound(
                "peer_id",
                id.value(),
                "is no configured peer; known: "
                        + speaker.peers().stream()
                                .map(p -> p.settings().id().value())
                                .collect(Collectors.joining(", ")));
    }
}
