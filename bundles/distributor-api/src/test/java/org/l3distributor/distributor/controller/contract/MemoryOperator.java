// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.DistributorRules;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.SilentAmphorae;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** What operators ask a controller for, in memory: all rules of the real one, and nobody behind it. What is done is done at once. */
public final class MemoryOperator {
    private final Map<String, Amphora> amphorae = new LinkedHashMap<>();
    private final Map<String, Distributor> distributors = new LinkedHashMap<>();
    private final Map<String, BgpSpeaker> speakers = new LinkedHashMap<>();
    private final Map<String, BgpPeer> peers = new LinkedHashMap<>();

    /** Speaker and peer, speaker and amphora. */
    private final Set<List<String>> peered = new LinkedHashSet<>();

    private final Set<List<String>> assigned = new LinkedHashSet<>();

    /** What was asked for beyond the tables: "failover ID", "configure ID", "push ID", "repair ID". */
    private final List<String> asked = new ArrayList<>();

    /** As a test says. */
    private final List<SilentAmphorae.Silent> silent = new ArrayList<>();

    private final Clock clock;

    public MemoryOperator(Clock clock) {
        this.clock = clock;
    }

    public synchronized MemoryOperator with(Amphora amphora) {
        amphorae.put(amphora.id(), amphora);
        return this;
    }

    /** From now on it is silent, and held. */
    public synchronized MemoryOperator held(String amphoraId, Instant lastHeard) {
        silent.add(new SilentAmphorae.Silent(amphoraId, lastHeard, SilentAmphorae.State.HELD));
        return this;
    }

    /** What is pending is done. */
    public synchronized void settle() {
        distributors.replaceAll((id, d) -> d.with(ProvisioningStatus.ACTIVE));
    }

    /** In the order in which it was asked for. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public AmphoraService amphorae() {
        return new Amphorae();
    }

    public DistributorAdminService distributors() {
        return new Distributors();
    }

    public synchronized Optional<Distributor> distributor(String id) {
        return Optional.ofNullable(distributors.get(id));
    }

    public BgpProfileService profile() {
        return new Profile();
    }

    private static <T> CompletionStage<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(Outcome.done(value));
    }

    private static <T> CompletionStage<Outcome<T>> answer(Outcome<T> outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static <T> CompletionStage<Outcome<T>> refused(List<Refusal> reasons) {
        return answer(Outcome.refused(reasons));
    }

    private static <T> CompletionStage<Outcome<T>> absent(String what, String id) {
        return answer(Outcome.refused(Words.notFound(what, id)));
    }

    private static <T> CompletionStage<Outcome<T>> conflict(String what, String id, String words) {
        return answer(Outcome.refused(Refusal.conflict("id", id, what + " " + id + " " + words)));
    }

    private AmphoraView view(Amphora amphora) {
        return new AmphoraView(
                amphora,
                amphora.managementIp() == null ? null : Instant.now(clock),
                amphora.status() == ProvisioningStatus.PENDING_UPDATE,
                assigned.stream()
                        .filter(a -> a.get(1).equals(amphora.id()))
                        .map(a -> a.get(0))
                        .toList());
    }

    private DistributorView view(Distributor distributor) {
        List<Amphora> all = List.copyOf(amphorae.values());
        return new DistributorView(
                distributor,
                all.stream()
                        .filter(a -> distributor.id().equals(a.distributorId()))
                        .map(Amphora::id)
                        .toList(),
                List.of());
    }

    private BgpSpeakerView view(BgpSpeaker speaker) {
        return new BgpSpeakerView(
                speaker,
                peered.stream()
                        .filter(p -> p.get(0).equals(speaker.id()))
                        .map(p -> peers.get(p.get(1)))
                        .sorted(Comparator.comparing(BgpPeer::name))
                        .toList(),
                assigned.stream()
                        .filter(a -> a.get(0).equals(speaker.id()))
                        .map(a -> a.get(1))
                        .toList());
    }

    private List<Refusal> contradictions() {
        return BgpRules.contradictions(
                speakers.values().stream().map(this::view).toList());
    }

    private final class Amphorae implements AmphoraService {
        @Override
        public CompletionStage<Outcome<AmphoraView>> find(String id) {
            return step(id, amphora -> Optional.empty(), "");
        }

        @Override
        public CompletionStage<Outcome<List<AmphoraView>>> list(ListQuery query) {
            synchronized (MemoryOperator.this) {
                return answer(query.page(
                        amphorae.values().stream()
                                .map(MemoryOperator.this::view)
                                .toList(),
                        Attributes.AMPHORAE));
            }
        }

        @Override
        public CompletionStage<Outcome<List<ListenerStatistics>>> statistics(String id) {
            synchronized (MemoryOperator.this) {
                return amphorae.containsKey(id)
                        ? done(List.of(new ListenerStatistics("listener", id, 1, 2, 3, 4, 5)))
                        : absent(Words.AMPHORA, id);
            }
        }

        @Override
        public CompletionStage<Outcome<AmphoraView>> failover(String id) {
            return step(id, Amphorae::busy, "failover");
        }

        @Override
        public CompletionStage<Outcome<AmphoraView>> configure(String id) {
            return step(id, Amphorae::busy, "configure");
        }

        @Override
        public CompletionStage<Outcome<AmphoraView>> delete(String id) {
            return step(
                    id,
                    amphora -> amphora.loadBalancerId() == null || amphora.status() == ProvisioningStatus.ERROR
                            ? busy(amphora)
                            : Optional.of(Words.immutable(Words.AMPHORA, id)),
                    "delete");
        }

        @Override
        public CompletionStage<Outcome<SilentAmphorae>> silent() {
            synchronized (MemoryOperator.this) {
                return done(new SilentAmphorae(amphorae.size(), 3, List.copyOf(silent)));
            }
        }

        @Override
        public CompletionStage<Outcome<SilentAmphorae>> confirmSilent() {
            synchronized (MemoryOperator.this) {
                silent.replaceAll(one -> one.state() == SilentAmphorae.State.HELD
                        ? new SilentAmphorae.Silent(one.amphoraId(), null, SilentAmphorae.State.DEAD)
                        : one);
                return silent();
            }
        }

        private static Optional<Refusal> busy(Amphora amphora) {
            return amphora.status() == ProvisioningStatus.PENDING_UPDATE
                    ? Optional.of(Words.immutable(Words.AMPHORA, amphora.id()))
                    : Optional.empty();
        }

        private CompletionStage<Outcome<AmphoraView>> step(
                String id, Function<Amphora, Optional<Refusal>> rule, String what) {
            synchronized (MemoryOperator.this) {
                Amphora amphora = amphorae.get(id);
                if (amphora == null) {
                    return absent(Words.AMPHORA, id);
                }
                Optional<Refusal> refusal = rule.apply(amphora);
                if (refusal.isPresent()) {
                    return refused(List.of(refusal.get()));
                }
                if (!what.isEmpty()) {
                    asked.add(what + " " + id);
                }
                return done(view(amphora));
            }
        }
    }

    private final class Distributors implements DistributorAdminService {
        private static final String WHAT = "Distributor";

        @Override
        public CompletionStage<Outcome<DistributorView>> create(Distributor distributor) {
            synchronized (MemoryOperator.this) {
                if (!distributor.type().equals("L3_BGP")) {
                    return refused(List.of(Refusal.invalid(
                            "distributor_type",
                            distributor.type(),
                            "Invalid input for field/attribute distributor_type. Value: '" + distributor.type()
                                    + "'. There is no driver for it")));
                }
                Distributor made = distributor.with(ProvisioningStatus.PENDING_CREATE);
                distributors.put(made.id(), made);
                return done(view(made));
            }
        }

        @Override
        public CompletionStage<Outcome<DistributorView>> find(String id) {
            synchronized (MemoryOperator.this) {
                return distributors.containsKey(id) ? done(view(distributors.get(id))) : absent(WHAT, id);
            }
        }

        @Override
        public CompletionStage<Outcome<List<DistributorView>>> list(ListQuery query) {
            synchronized (MemoryOperator.this) {
                return answer(query.page(
                        distributors.values().stream()
                                .map(MemoryOperator.this::view)
                                .toList(),
                        Attributes.DISTRIBUTORS));
            }
        }

        @Override
        public CompletionStage<Outcome<DistributorView>> change(Distributor expected, Distributor next) {
            synchronized (MemoryOperator.this) {
                if (!expected.equals(distributors.get(expected.id()))) {
                    return conflict(WHAT, expected.id(), "was changed meanwhile; look at it and try again.");
                }
                distributors.put(next.id(), next);
                return done(view(next));
            }
        }

        @Override
        public CompletionStage<Outcome<DistributorView>> delete(String id) {
            synchronized (MemoryOperator.this) {
                Distributor old = distributors.get(id);
                if (old == null) {
                    return absent(WHAT, id);
                }
                List<Refusal> refusals = DistributorRules.deletable(view(old));
                if (!refusals.isEmpty()) {
                    return refused(refusals);
                }
                distributors.remove(id);
                return done(view(old.with(ProvisioningStatus.PENDING_DELETE)));
            }
        }

        @Override
        public CompletionStage<Outcome<DistributorStatus>> status(String id) {
            synchronized (MemoryOperator.this) {
                if (!distributors.containsKey(id)) {
                    return absent(WHAT, id);
                }
                List<DistributorStatus.Speaker> alive = view(distributors.get(id)).amphoraIds().stream()
                        .map(a -> new DistributorStatus.Speaker(a, true, 0, null))
                        .toList();
                return done(new DistributorStatus(id, alive, List.of(), List.of()));
            }
        }

        @Override
        public CompletionStage<Outcome<DistributorView>> repair(String id) {
            synchronized (MemoryOperator.this) {
                if (!distributors.containsKey(id)) {
                    return absent(WHAT, id);
                }
                asked.add("repair " + id);
                return find(id);
            }
        }

        @Override
        public CompletionStage<Outcome<AmphoraView>> addAmphora(String id, List<String> speakerIds) {
            synchronized (MemoryOperator.this) {
                Distributor distributor = distributors.get(id);
                if (distributor == null) {
                    return absent(WHAT, id);
                }
                if (!distributor.dedicated()) {
                    return conflict(WHAT, id, "has no amphorae of its own: its topology is COMBINED.");
                }
                Optional<String> unknown = speakerIds.stream()
                        .filter(s -> !speakers.containsKey(s))
                        .findFirst();
                if (unknown.isPresent()) {
                    return refused(List.of(Words.subresource("speaker_ids", "Speaker", unknown.get())));
                }
                Amphora made = Amphora.planned(UUID.randomUUID().toString(), null, "distributor", clock.instant())
                        .speakingFor(id);
                amphorae.put(made.id(), made);
                speakerIds.forEach(s -> assigned.add(List.of(s, made.id())));
                List<Refusal> contradictions = contradictions();
                if (!contradictions.isEmpty()) {
                    assigned.removeIf(a -> a.get(1).equals(made.id()));
                    amphorae.remove(made.id());
                    return refused(contradictions);
                }
                return done(view(made));
            }
        }
    }

    private final class Profile implements BgpProfileService {
        private static final String SPEAKER = "Speaker";
        private static final String PEER = "Peer";

        private <T> CompletionStage<Outcome<T>> taken(String what, String name) {
            return answer(Outcome.refused(
                    Refusal.conflict("name", name, "There is a " + what + " of the name " + name + " already.")));
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> create(BgpSpeaker speaker) {
            synchronized (MemoryOperator.this) {
                if (speakers.values().stream().anyMatch(s -> s.name().equals(speaker.name()))) {
                    return taken("speaker", speaker.name());
                }
                speakers.put(speaker.id(), speaker);
                return done(view(speaker));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> speaker(String id) {
            synchronized (MemoryOperator.this) {
                return speakers.containsKey(id) ? done(view(speakers.get(id))) : absent(SPEAKER, id);
            }
        }

        @Override
        public CompletionStage<Outcome<List<BgpSpeakerView>>> speakers(ListQuery query) {
            synchronized (MemoryOperator.this) {
                return answer(query.page(
                        speakers.values().stream()
                                .map(MemoryOperator.this::view)
                                .toList(),
                        Attributes.SPEAKERS));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> change(BgpSpeaker expected, BgpSpeaker next) {
            synchronized (MemoryOperator.this) {
                if (!expected.equals(speakers.get(expected.id()))) {
                    return conflict(SPEAKER, expected.id(), "was changed meanwhile; look at it and try again.");
                }
                speakers.put(next.id(), next);
                List<Refusal> refusals = contradictions();
                if (!refusals.isEmpty()) {
                    speakers.put(next.id(), expected);
                    return refused(refusals);
                }
                return done(view(next));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> deleteSpeaker(String id) {
            synchronized (MemoryOperator.this) {
                if (!speakers.containsKey(id)) {
                    return absent(SPEAKER, id);
                }
                BgpSpeakerView old = view(speakers.get(id));
                if (!old.amphoraIds().isEmpty()) {
                    return conflict(SPEAKER, id, "is run by " + old.amphoraIds().size() + " amphorae.");
                }
                peered.removeIf(p -> p.get(0).equals(id));
                speakers.remove(id);
                return done(old);
            }
        }

        @Override
        public CompletionStage<Outcome<BgpPeer>> create(BgpPeer peer) {
            synchronized (MemoryOperator.this) {
                if (peers.values().stream().anyMatch(p -> p.name().equals(peer.name()))) {
                    return taken("peer", peer.name());
                }
                peers.put(peer.id(), peer);
                return done(peer);
            }
        }

        @Override
        public CompletionStage<Outcome<BgpPeer>> peer(String id) {
            synchronized (MemoryOperator.this) {
                return peers.containsKey(id) ? done(peers.get(id)) : absent(PEER, id);
            }
        }

        @Override
        public CompletionStage<Outcome<List<BgpPeer>>> peers(ListQuery query) {
            synchronized (MemoryOperator.this) {
                return answer(query.page(List.copyOf(peers.values()), Attributes.PEERS));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpPeer>> change(BgpPeer expected, BgpPeer next) {
            synchronized (MemoryOperator.this) {
                if (!expected.equals(peers.get(expected.id()))) {
                    return conflict(PEER, expected.id(), "was changed meanwhile; look at it and try again.");
                }
                peers.put(next.id(), next);
                List<Refusal> refusals = contradictions();
                if (!refusals.isEmpty()) {
                    peers.put(next.id(), expected);
                    return refused(refusals);
                }
                return done(next);
            }
        }

        @Override
        public CompletionStage<Outcome<BgpPeer>> deletePeer(String id) {
            synchronized (MemoryOperator.this) {
                if (!peers.containsKey(id)) {
                    return absent(PEER, id);
                }
                long users = peered.stream().filter(p -> p.get(1).equals(id)).count();
                return users > 0 ? conflict(PEER, id, "belongs to " + users + " speakers.") : done(peers.remove(id));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> addPeer(String speakerId, String peerId) {
            return link(speakerId, PEER, peers::containsKey, peerId, peered, true);
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> removePeer(String speakerId, String peerId) {
            return link(speakerId, PEER, peers::containsKey, peerId, peered, false);
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> assign(String speakerId, String amphoraId) {
            return link(speakerId, Words.AMPHORA, amphorae::containsKey, amphoraId, assigned, true);
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> unassign(String speakerId, String amphoraId) {
            return link(speakerId, Words.AMPHORA, amphorae::containsKey, amphoraId, assigned, false);
        }

        private CompletionStage<Outcome<BgpSpeakerView>> link(
                String speakerId,
                String what,
                Predicate<String> known,
                String id,
                Set<List<String>> links,
                boolean wanted) {
            synchronized (MemoryOperator.this) {
                if (!speakers.containsKey(speakerId)) {
                    return absent(SPEAKER, speakerId);
                }
                if (!known.test(id)) {
                    return absent(what, id);
                }
                Set<List<String>> before = Set.copyOf(links);
                List<String> link = List.of(speakerId, id);
                if (wanted) {
                    links.add(link);
                } else {
                    links.remove(link);
                }
                List<Refusal> refusals = contradictions();
                if (!refusals.isEmpty()) {
                    links.retainAll(before);
                    links.addAll(before);
                    return refused(refusals);
                }
                return done(view(speakers.get(speakerId)));
            }
        }

        @Override
        public CompletionStage<Outcome<BgpSpeakerView>> push(String speakerId) {
            synchronized (MemoryOperator.this) {
                if (!speakers.containsKey(speakerId)) {
                    return absent(SPEAKER, speakerId);
                }
                asked.add("push " + speakerId);
                return speaker(speakerId);
            }
        }
    }
}
