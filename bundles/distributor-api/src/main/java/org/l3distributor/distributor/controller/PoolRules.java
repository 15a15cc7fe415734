// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** What may be said of a pool, and when. Pure; every broken rule is said at once. */
public final class PoolRules {
    private static final Map<String, PoolProtocol> PROTOCOLS = new LinkedHashMap<>();
    private static final Map<String, Algorithm> ALGORITHMS = new LinkedHashMap<>();
    private static final Map<String, SessionPersistence.Type> PERSISTENCES = new LinkedHashMap<>();

    static {
        for (PoolProtocol protocol : PoolProtocol.values()) {
            PROTOCOLS.put(protocol.name(), protocol);
        }
        for (Algorithm algorithm : Algorithm.values()) {
            ALGORITHMS.put(algorithm.name(), algorithm);
        }
        for (SessionPersistence.Type type : SessionPersistence.Type.values()) {
            PERSISTENCES.put(type.name(), type);
        }
    }

    private static final List<String> OTHER_PROTOCOLS = List.of("UDP", "SCTP");
    private static final List<String> OTHER_ALGORITHMS = List.of("SOURCE_IP_PORT");
    private static final List<String> TLS = List.of(
            "tls_container_ref",
            "ca_tls_container_ref",
            "crl_container_ref",
            "tls_enabled",
            "tls_ciphers",
            "tls_versions",
            "alpn_protocols");
    private static final List<String> AT_ONCE = List.of("healthmonitor", "members");
    private static final Set<String> CREATE = Set.of(
            "name",
            "description",
            "admin_state_up",
            "tags",
            "project_id",
            "tenant_id",
            "listener_id",
            "loadbalancer_id",
            "protocol",
            "lb_algorithm",
            "session_persistence",
            "healthmonitor",
            "members",
            "tls_container_ref",
            "ca_tls_container_ref",
            "crl_container_ref",
            "tls_enabled",
            "tls_ciphers",
            "tls_versions",
            "alpn_protocols");
    private static final Set<String> CHANGE = Set.of(
            "name",
            "description",
            "admin_state_up",
            "tags",
            "lb_algorithm",
            "session_persistence",
            "tls_container_ref",
            "ca_tls_container_ref",
            "crl_container_ref",
            "tls_enabled",
            "tls_ciphers",
            "tls_versions",
            "alpn_protocols");
    private static final Set<String> PERSISTENCE =
            Set.of("type", "cookie_name", "persistence_timeout", "persistence_granularity");

    /** RFC 6265, section 4.1.1: a cookie's name is a token (RFC 9110, 5.6.2). It ends up in HAProxy's configuration. */
    private static final Pattern COOKIE = Pattern.compile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$");

    private PoolRules() {}

    /** Reads {@code {"pool": {...}}}. */
    public static Outcome<PoolDraft> create(Map<?, ?> body) {
        Input input = Input.open(body, "pool_", "pool", CREATE);
        HeaderDraft header = HeaderRules.draft(input);
        String unused = input.text("project_id", 36);
        unused = input.text("tenant_id", 36);
        input.required("protocol");
        input.required("lb_algorithm");
        String listener = input.uuid("listener_id");
        String loadBalancer = input.uuid("loadbalancer_id");
        PoolProtocol protocol = input.word("protocol", PROTOCOLS, OTHER_PROTOCOLS);
        Algorithm algorithm = input.word("lb_algorithm", ALGORITHMS, OTHER_ALGORITHMS);
        SessionPersistence persistence = persistence(input, "session_persistence");
        Words.unsupported(input, TLS);
        Words.unsupported(input, AT_ONCE);
        return input.result(in -> {
            if (listener == null && loadBalancer == null) {
                in.add(Words.validation(
                        "loadbalancer_id", null, "Must provide at least one of: loadbalancer_id, listener_id"));
            }
            return new PoolDraft(
                    header,
                    loadBalancer,
                    listener,
                    ListenerRules.given(protocol),
                    ListenerRules.given(algorithm),
                    persistence);
        });
    }

    /** Reads {@code {"pool": {...}}}. */
    public static Outcome<PoolChange> change(Map<?, ?> body) {
        Input input = Input.open(body, "pool_", "pool", CHANGE);
        PoolChange change = new PoolChange(
                HeaderRules.change(input),
                input.change("lb_algorithm", f -> input.word(f, ALGORITHMS, OTHER_ALGORITHMS), Algorithm.ROUND_ROBIN),
                input.removal("session_persistence", f -> persistence(input, f)));
        Words.unsupported(input, TLS);
        return input.result(in -> change);
    }

    private static @Nullable SessionPersistence persistence(Input input, String field) {
        Map<?, ?> given = input.object(field);
        if (given == null) {
            return null;
        }
        Input inner = input.within(given, "pool_.pool.session_persistence", PERSISTENCE);
        inner.required("type");
        SessionPersistence.Type type = inner.word("type", PERSISTENCES, List.of());
        String cookie = inner.text("cookie_name");
        boolean forDatagrams = given.get("persistence_timeout") != null || given.get("persistence_granularity") != null;
        if (forDatagrams) {
            input.add(Words.validation(
                    field,
                    null,
                    "persistence_timeout and persistence_granularity is only for UDP and SCTP protocol pools."));
        }
        boolean named = cookie != null && !cookie.isEmpty();
        if (named && type != null && type != SessionPersistence.Type.APP_COOKIE) {
            input.add(Words.validation(
                    "cookie_name",
                    cookie,
                    "Field \"cookie_name\" can only be specified with session persistence of type \"APP_COOKIE\"."));
        } else if (named && !COOKIE.matcher(cookie).matches()) {
            input.add(Words.validation("cookie_name", cookie, "Supplied \"cookie_name\" is invalid."));
        } else if (!named && type == SessionPersistence.Type.APP_COOKIE) {
            input.add(Words.validation(
                    "cookie_name",
                    cookie,
                    "Field \"cookie_name\" must be specified when using the \"APP_COOKIE\" session persistence type."));
        }
        return type == null ? null : new SessionPersistence(type, named ? cookie : null);
    }

    /** Why a new pool may not be added to its load balancer as it stands; empty when it may. */
    public static List<Refusal> admit(LoadBalancerTree tree, PoolDraft draft) {
        List<Refusal> refusals = new ArrayList<>();
        LoadBalancerRules.open(tree.loadBalancer()).ifPresent(refusals::add);
        String listenerId = draft.listenerId();
        if (listenerId != null) {
            Optional<Listener> listener = tree.listener(listenerId);
            if (listener.isEmpty()) {
                refusals.add(Words.notFound(Words.LISTENER, listenerId));
            } else if (listener.get().defaultPoolId() != null) {
                refusals.add(Refusal.conflict("listener_id", listenerId, "This listener already has a default pool"));
            } else {
                ListenerRules.protocols(listener.get().protocol(), draft.protocol())
                        .ifPresent(refusals::add);
            }
        }
        return refusals;
    }

    /** Why a pool may not be changed or deleted now; empty when it may. */
    public static Optional<Refusal> changeable(LoadBalancerTree tree) {
        return LoadBalancerRules.open(tree.loadBalancer());
    }

    /** Why what belongs to a pool may not be made, changed or deleted now; empty when it may. */
    static Optional<Refusal> open(LoadBalancerTree tree, Pool pool) {
        return pool.header().provisioning().isMutable()
                ? LoadBalancerRules.open(tree.loadBalancer())
                : Optional.of(Words.immutable(Words.POOL, pool.id()));
    }
}
