// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.controller.core.internal.drivers.AmphoraFiles;
import org.l3distributor.controller.core.internal.run.Round;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;

/**
 * Gives amphorae new server certificates before theirs end. The amphora's API takes the new one at its next connection; nothing
 * else of it notices, least of all its BGP sessions.
 */
public final class RenewalRound implements Round {
    /**
     * @param pause between two rounds
     * @param validity of a new certificate
     * @param port of the amphorae's API
     * @param patience with one amphora
     */
    public record Settings(Duration pause, Duration validity, int port, Duration patience) {}

    /** So many in a round: a key is a tenth of a second's work of one core. */
    private static final int MOST = 8;

    private final ControllerStore store;
    private final Supplier<Optional<AmphoraClients>> clients;
    private final AmphoraFiles files;
    private final Settings settings;
    private final RoundLog log;

    public RenewalRound(
            ControllerStore store,
            Supplier<Optional<AmphoraClients>> clients,
            AmphoraFiles files,
            Settings settings,
            RoundLog log) {
        this.store = store;
        this.clients = clients;
        this.files = files;
        this.settings = settings;
        this.log = log;
    }

    private record Read(List<Amphora> all, Instant now) {}

    @Override
    public Left go(String data) throws StoreException {
        Optional<AmphoraClients> present = clients.get();
        if (present.isEmpty()) {
            return new Left(data, settings.pause(), "there is no client of amphorae");
        }
        Read read = store.in(tx ->
                new Read(tx.amphorae().page(Query.where("status", ProvisioningStatus.ALLOCATED.name())), tx.now()));
        Map<String, Long> later = kept(Notes.read(data), read.all());
        List<String> troubles = new ArrayList<>();
        List<Amphora> due = RenewalPlan.now(read.all(), later, read.now(), settings.validity(), MOST);
        for (Amphora amphora : due) {
            Optional<String> refusal = renewed(amphora, present.get());
            later.remove(amphora.id());
            if (refusal.isPresent()) {
                troubles.add(amphora.id() + ": " + refusal.get());
                tell(amphora, read.now(), refusal.get());
                if (later.size() < Notes.MOST) {
                    later.put(
                            amphora.id(),
                            read.now()
                                    .plus(RenewalPlan.pause(settings.validity()))
                                    .toEpochMilli());
                }
            }
        }
        boolean more = due.size() == MOST && troubles.isEmpty();
        return new Left(
                Notes.write(later), more ? Duration.ofSeconds(1) : settings.pause(), String.join("; ", troubles));
    }

    private static Map<String, Long> kept(Map<String, Long> notes, List<Amphora> all) {
        Set<String> there = new HashSet<>();
        all.forEach(a -> there.add(a.id()));
        Map<String, Long> kept = new HashMap<>(notes);
        kept.keySet().retainAll(there);
        return kept;
    }

    private void tell(Amphora amphora, Instant now, String refusal) {
        Instant expires = amphora.certificateExpires();
        if (expires != null && expires.isBefore(now)) {
            log.expired(amphora.id(), expires, refusal);
        } else {
            log.notRenewed(amphora.id(), expires, refusal);
        }
    }

    /** Why not; empty when the amphora has it. */
    private Optional<String> renewed(Amphora amphora, AmphoraClients present) throws StoreException {
        AmphoraFiles.Certificate certificate = files.certificate(amphora.id());
        InetSocketAddress api = new InetSocketAddress(
                Objects.requireNonNull(amphora.managementIp()).toInetAddress(), settings.port());
        CallResult<Reply.Ok> result = present.amphora(new AmphoraEndpoint(amphora.id(), api))
                .putServerCertificate(certificate.pem())
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(
                        new CallResult.Unavailable<>("no answer", true),
                        settings.patience().toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
        if (!(result instanceof CallResult.Answered<Reply.Ok>)) {
            return Optional.of(
                    result instanceof CallResult.Rejected<Reply.Ok> rejected
                            ? "status " + rejected.status() + ": " + rejected.message()
                            : ((CallResult.Unavailable<Reply.Ok>) result).reason());
        }
        store.run(tx -> tx.amphorae()
                .lock(amphora.id())
                .ifPresent(row -> tx.amphorae().update(row, row.certified(certificate.expires()))));
        log.renewed(amphora.id(), certificate.expires());
        return Optional.empty();
    }
}
