// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.net.IpAddress;

/** Dedicated speakers are told what to announce. */
final class DedicatedWire implements Wire {
    private final AmphoraClients clients;

    DedicatedWire(AmphoraClients clients) {
        this.clients = clients;
    }

    @Override
    public CompletionStage<Pass> pass(Job job) {
        Pass pass = new Pass();
        Map<String, List<Assignment>> bySpeaker =
                job.record().assignments().stream().collect(Collectors.groupingBy(Assignment::speakerId));
        Set<String> all = new TreeSet<>(bySpeaker.keySet());
        all.addAll(job.strays().keySet());
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (String speaker : all) {
            List<Assignment> own = bySpeaker.getOrDefault(speaker, List.of());
            Optional<AmphoraClient> client = client(job, speaker);
            if (client.isPresent()) {
                List<Registration> strays = job.strays().getOrDefault(speaker, List.of());
                ends.add(new OneSpeaker(client.get(), own, strays, job.record(), pass).run());
            } else {
                own.forEach(a -> gone(a, pass));
            }
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenApply(ignored -> pass);
    }

    /** One that was declared dead isn't asked; one that left the distributor is, as long as there is such an amphora. */
    private Optional<AmphoraClient> client(Job job, String speaker) {
        Optional<SpeakerHost> host = job.distributor().speakers().stream()
                .filter(s -> s.amphoraId().equals(speaker))
                .findFirst();
        return host.isPresent()
                ? host.filter(SpeakerHost::alive).map(s -> clients.amphora(new AmphoraEndpoint(speaker, s.api())))
                : Optional.ofNullable(job.apis().get(speaker))
                        .map(api -> clients.amphora(new AmphoraEndpoint(speaker, api)));
    }

    /** Its sessions ended with it, and so did its routes. */
    private static void gone(Assignment assignment, Pass pass) {
        if (assignment.leaving()) {
            pass.withdrawn(assignment);
        } else {
            pass.failed(assignment, "the speaker is gone");
        }
    }

    /** The pass over one speaker. */
    private static final class OneSpeaker {
        private final AmphoraClient client;
        private final List<Assignment> leaving;
        private final List<Assignment> wanted;
        private final List<Registration> strays;
        private final VipRecord record;
        private final Pass pass;

        OneSpeaker(AmphoraClient client, List<Assignment> own, List<Registration> strays, VipRecord record, Pass pass) {
            this.client = client;
            this.leaving = own.stream().filter(Assignment::leaving).toList();
            this.wanted = own.stream().filter(a -> !a.leaving()).toList();
            this.strays = strays;
            this.record = record;
            this.pass = pass;
        }

        /** First out, then in: a speaker has one place for each VIP and peer. */
        CompletableFuture<Void> run() {
            List<Registration> out = new ArrayList<>(strays);
            leaving.forEach(a -> out.add(a.registration()));
            return client.unregister(removals(out))
                    .thenCompose(result -> {
                        unregistered(result);
                        return client.register(registrations(wanted));
                    })
                    .thenCompose(this::registered)
                    .toCompletableFuture();
        }

        private void unregistered(CallResult<RemovalResult> result) {
            if (!(result instanceof CallResult.Answered<RemovalResult> answered)) {
                leaving.forEach(a -> pass.failed(a, reason(result)));
                return;
            }
            Set<Registration> slow = answered.value().removed().stream()
                    .filter(status -> !status.settled())
                    .map(RegistrationStatus::registration)
                    .collect(Collectors.toSet());
            for (Assignment assignment : leaving) {
                if (slow.contains(assignment.registration())) {
                    pass.failed(assignment, "a peer has not taken the withdrawal yet");
                } else {
                    pass.withdrawn(assignment);
                }
            }
        }

        private CompletionStage<Void> registered(CallResult<List<RegistrationStatus>> result) {
            if (result instanceof CallResult.Rejected<?> && !wanted.isEmpty()) {
                return client.registrations().thenCompose(this::makeRoom);
            }
            take(wanted, result);
            return CompletableFuture.completedStage(null);
        }

        /** Something stands in the way: what nobody wants goes, and then each row is tried by itself. */
        private CompletionStage<Void> makeRoom(CallResult<List<RegistrationStatus>> listed) {
            List<Registration> inTheWay = new ArrayList<>();
            if (listed instanceof CallResult.Answered<List<RegistrationStatus>> answered) {
                Set<Registration> ours = new HashSet<>(registrations(wanted));
                answered.value().stream()
                        .map(RegistrationStatus::registration)
                        .filter(r -> record.vips().contains(r.vip()) && !ours.contains(r))
                        .forEach(inTheWay::add);
            }
            return client.unregister(removals(inTheWay)).thenCompose(ignored -> oneByOne(0));
        }

        private CompletionStage<Void> oneByOne(int index) {
            if (index == wanted.size()) {
                return CompletableFuture.completedStage(null);
            }
            List<Assignment> one = wanted.subList(index, index + 1);
            return client.register(registrations(one)).thenCompose(result -> {
                take(one, result);
                return oneByOne(index + 1);
            });
        }

        private void take(List<Assignment> asked, CallResult<List<RegistrationStatus>> result) {
            if (!(result instanceof CallResult.Answered<List<RegistrationStatus>> answered)) {
                asked.forEach(a -> pass.failed(a, reason(result)));
                return;
            }
            Map<Registration, RegistrationStatus> found = new HashMap<>();
            answered.value().forEach(status -> found.put(status.registration(), status));
            for (Assignment assignment : asked) {
                RegistrationStatus status = found.get(assignment.registration());
                if (status == null) {
                    pass.failed(assignment, "the speaker's answer says nothing of it");
                } else {
                    pass.found(assignment, status.peers());
                }
            }
        }
    }

    static List<Registration> registrations(List<Assignment> assignments) {
        return assignments.stream().map(Assignment::registration).toList();
    }

    static List<Removal> removals(List<Registration> registrations) {
        return registrations.stream()
                .map(r -> new Removal(r.owner(), r.vip(), r.nextHop(), r.peer()))
                .toList();
    }

    static String reason(CallResult<?> result) {
        if (result instanceof CallResult.Rejected<?> rejected) {
            return "refused: " + rejected.status() + " " + rejected.message();
        }
        return result instanceof CallResult.Unavailable<?> unavailable ? unavailable.reason() : "";
    }

    @Override
    public CompletionStage<Look> look(DistributorRecord distributor, Collection<VipRecord> records) {
        Map<String, CompletableFuture<CallResult<List<RegistrationStatus>>>> asked = new TreeMap<>();
        for (SpeakerHost speaker : distributor.speakers()) {
            if (speaker.alive()) {
                asked.put(
                        speaker.amphoraId(),
                        clients.amphora(new AmphoraEndpoint(speaker.amphoraId(), speaker.api()))
                                .registrations()
                                .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(ignored -> seen(asked, records));
    }

    private static Look seen(
            Map<String, CompletableFuture<CallResult<List<RegistrationStatus>>>> asked, Collection<VipRecord> records) {
        Set<IpAddress> known = new HashSet<>();
        records.forEach(record -> known.addAll(record.vips()));
        Map<String, DedicatedLook.Held> held = new TreeMap<>();
        asked.forEach((id, future) -> held.put(id, DedicatedLook.Held.of(future.join())));
        return new DedicatedLook(held, known);
    }
}
