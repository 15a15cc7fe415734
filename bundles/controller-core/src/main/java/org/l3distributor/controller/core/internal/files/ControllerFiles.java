// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.files;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.drivers.AmphoraFiles;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.profile.ProfileText;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.Secret;

/**
 * The agent's file as Octavia writes it, with the BGP peer profile below; the amphora's own certificate; and the authority of
 * whoever may call it. An amphora that announces, and that no speaker is assigned to when it is made, gets the first of each
 * IP version; later on it has those that it is assigned to, and none where an operator has taken the last one from it.
 */
public final class ControllerFiles implements AmphoraFiles {
    private static final String AGENT = "/etc/octavia/amphora-agent.conf";
    private static final String SERVER = "/etc/octavia/certs/server.pem";
    private static final String CLIENTS = "/etc/octavia/certs/client_ca.pem";

    /**
     * @param controllers where heartbeats go: {@code IP:PORT, [IP6]:PORT}
     * @param heartbeatKey what they are signed with
     * @param intervalSeconds between two of them
     * @param md5Password what signs BGP sessions with {@code auth_type = md5}; null: none does
     * @param clientAuthority PEM of who signs the controllers' certificates
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Settings(
            String controllers,
            Secret heartbeatKey,
            int intervalSeconds,
            @Nullable Secret md5Password,
            byte[] clientAuthority) {}

    private final ControllerStore store;
    private final CertificateIssuer issuer;
    private final Settings settings;

    public ControllerFiles(ControllerStore store, CertificateIssuer issuer, Settings settings) {
        this.store = store;
        this.issuer = issuer;
        this.settings = settings;
    }

    private record Read(List<BgpSpeakerView> speakers, Instant now) {}

    private Read read(Amphora amphora, boolean made) throws StoreException {
        boolean announces = !"lb".equals(amphora.serviceType());
        return store.in(tx -> {
            if (announces && made && tx.speakers().of(amphora.id()).isEmpty()) {
                usual(tx).forEach(speaker -> assign(tx, speaker.id(), amphora.id()));
            }
            return new Read(announces ? speakers(tx, amphora.id()) : List.of(), tx.now());
        });
    }

    private byte[] text(Amphora amphora, Read read) {
        String text = agent(amphora.id()) + profile(amphora, read.speakers());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] settings(Amphora amphora) throws StoreException {
        return text(amphora, read(amphora, false));
    }

    @Override
    public Made of(Amphora amphora) throws StoreException {
        Read read = read(amphora, true);
        Certificate certificate = issued(amphora.id(), read.now());
        return new Made(
                Map.of(AGENT, text(amphora, read), SERVER, certificate.pem(), CLIENTS, settings.clientAuthority()),
                certificate.expires());
    }

    @Override
    public Certificate certificate(String amphoraId) throws StoreException {
        return issued(amphoraId, store.in(tx -> tx.now()));
    }

    private Certificate issued(String amphoraId, Instant now) {
        try {
            return new Certificate(issuer.issue(amphoraId, now), issuer.expires(now));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("make a certificate for amphora " + amphoraId, e);
        }
    }

    /** Whoever changes the speaker or a peer of it at the same time is waited for, or finds this amphora. */
    private static void assign(Transaction tx, String speakerId, String amphoraId) {
        if (tx.speakers().lock(speakerId).isPresent()) {
            tx.speakers().peers(speakerId).forEach(peer -> tx.peers().lock(peer.id()));
            tx.speakers().assign(speakerId, amphoraId);
        }
    }

    private static List<BgpSpeakerView> speakers(Transaction tx, String amphoraId) {
        return tx.speakers().of(amphoraId).stream()
                .map(s -> new BgpSpeakerView(s, tx.speakers().peers(s.id()), List.of(amphoraId)))
                .toList();
    }

    /**
     * By name, the first of each IP version that has peers: a profile holds one of each. Those that dedicated amphorae run are
     * theirs, unless there are no others.
     */
    private static List<BgpSpeaker> usual(Transaction tx) {
        Set<String> dedicated = new HashSet<>();
        for (Amphora amphora : tx.amphorae().page(Query.where("service_type", "distributor"))) {
            tx.speakers().of(amphora.id()).forEach(speaker -> dedicated.add(speaker.id()));
        }
        List<BgpSpeaker> all = tx.speakers().page(Query.all()).stream()
                .filter(s -> !tx.speakers().peers(s.id()).isEmpty())
                .sorted(Comparator.comparing(BgpSpeaker::name).thenComparing(BgpSpeaker::id))
                .toList();
        List<BgpSpeaker> others =
                all.stream().filter(s -> !dedicated.contains(s.id())).toList();
        Map<AddressFamily, BgpSpeaker> first = new EnumMap<>(AddressFamily.class);
        (others.isEmpty() ? all : others).forEach(s -> first.putIfAbsent(s.transport(), s));
        return List.copyOf(first.values());
    }

    private String agent(String amphoraId) {
        return """
                [DEFAULT]
                debug = False

                [haproxy_amphora]
                base_cert_dir = /var/lib/octavia/certs
                base_path = /var/lib/octavia
                bind_host = ::
                bind_port = 9443
                haproxy_cmd = /usr/sbin/haproxy

                [health_manager]
                controller_ip_port_list = %s
                heartbeat_interval = %d
                heartbeat_key = %s

                [amphora_agent]
                agent_server_ca = %s
                agent_server_cert = %s
                amphora_id = %s

                [controller_worker]
                loadbalancer_topology = SINGLE

                """.formatted(
                        settings.controllers(),
                        settings.intervalSeconds(),
                        ProfileText.value(new String(settings.heartbeatKey().reveal(), StandardCharsets.UTF_8)),
                        CLIENTS,
                        SERVER,
                        amphoraId);
    }

    private String profile(Amphora amphora, List<BgpSpeakerView> speakers) {
        if (speakers.isEmpty()) {
            return "";
        }
        Secret password = settings.md5Password();
        String words = password == null ? null : new String(password.reveal(), StandardCharsets.UTF_8);
        CheckedProfile checked = ProfileRules.check(BgpRules.draft(AGENT, speakers, words));
        BgpProfile profile = checked.profile();
        if (profile == null) {
            throw new IllegalStateException("the BGP peer profile is broken: " + checked.faults());
        }
        return ProfileText.of(new BgpProfile(profile.speakers().stream()
                .map(s -> typed(s, amphora.serviceType()))
                .toList()));
    }

    private static SpeakerProfile typed(SpeakerProfile s, @Nullable String serviceType) {
        return new SpeakerProfile(
                s.name(),
                s.id(),
                s.transport(),
                s.localAs(),
                s.routerId(),
                serviceType,
                s.allowedVipPrefixes(),
                null, // each peer has it already
                s.peers());
    }
}
