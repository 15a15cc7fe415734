// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What may be said of a listener, and when. Pure; every broken rule is said at once. */
public final class ListenerRules {
    static final int NO_LIMIT = -1;
    static final int CLIENT_DATA = 50_000;
    static final int MEMBER_CONNECT = 5_000;
    static final int MEMBER_DATA = 50_000;
    static final int TCP_INSPECT = 0;

    /** Of a timeout: 24 days. */
    private static final int LONGEST = 2_073_600_000;

    private static final Map<String, ListenerProtocol> PROTOCOLS = new LinkedHashMap<>();

    static {
        PROTOCOLS.put("TCP", ListenerProtocol.TCP);
        PROTOCOLS.put("HTTPS", ListenerProtocol.HTTPS);
        PROTOCOLS.put("HTTP", ListenerProtocol.HTTP);
    }

    private static final List<String> OTHER_PROTOCOLS = List.of("TERMINATED_HTTPS", "UDP", "SCTP", "PROMETHEUS");
    private static final Set<String> HEADERS = Set.of("X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto");
    private static final List<String> UNSUPPORTED = List.of(
            "default_tls_container_ref",
            "sni_container_refs",
            "client_ca_tls_container_ref",
            "client_crl_container_ref",
            "client_authentication",
            "tls_ciphers",
            "tls_versions",
            "alpn_protocols",
            "default_pool",
            "l7policies");
    private static final List<String> CHANGEABLE = List.of(
            "name",
            "description",
            "admin_state_up",
            "tags",
            "connection_limit",
            "default_pool_id",
            "insert_headers",
            "timeout_client_data",
            "timeout_member_connect",
            "timeout_member_data",
            "timeout_tcp_inspect",
            "allowed_cidrs");
    private static final Set<String> CREATE = known(
            "project_id", "tenant_id", "loadbalancer_id", "protocol", "protocol_port", "default_pool", "l7policies");
    private static final Set<String> CHANGE = known();

    private ListenerRules() {}

    private static Set<String> known(String... more) {
        List<String> all = new ArrayList<>(CHANGEABLE);
        UNSUPPORTED.stream()
                .filter(f -> !f.equals("default_pool") && !f.equals("l7policies"))
                .forEach(all::add);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** Reads {@code {"listener": {...}}}. */
    public static Outcome<ListenerDraft> create(Map<?, ?> body) {
        Input input = Input.open(body, "listener_", "listener", CREATE);
        HeaderDraft header = HeaderRules.draft(input);
        String unused = input.text("project_id", 36);
        unused = input.text("tenant_id", 36);
        input.required("loadbalancer_id");
        input.required("protocol");
        input.required("protocol_port");
        String loadBalancer = input.uuid("loadbalancer_id");
        ListenerProtocol protocol = input.word("protocol", PROTOCOLS, OTHER_PROTOCOLS);
        Integer port = input.whole("protocol_port", 1, 65_535);
        Integer limit = limit(input, "connection_limit");
        String pool = input.uuid("default_pool_id");
        Map<String, String> headers = headers(input, "insert_headers");
        Integer client = timeout(input, "timeout_client_data");
        Integer connect = timeout(input, "timeout_member_connect");
        Integer member = timeout(input, "timeout_member_data");
        Integer inspect = timeout(input, "timeout_tcp_inspect");
        List<IpPrefix> cidrs = input.prefixes("allowed_cidrs");
        Words.unsupported(input, UNSUPPORTED);
        return input.result(in -> {
            if (headers != null && protocol != null) {
                headers(in, protocol, headers);
            }
            return new ListenerDraft(
                    header,
                    given(loadBalancer),
                    given(protocol),
                    given(port),
                    limit == null ? NO_LIMIT : limit,
                    pool,
                    headers == null ? Map.of() : headers,
                    client == null ? CLIENT_DATA : client,
                    connect == null ? MEMBER_CONNECT : connect,
                    member == null ? MEMBER_DATA : member,
                    inspect == null ? TCP_INSPECT : inspect,
                    cidrs == null ? List.of() : cidrs);
        });
    }

    /** Reads {@code {"listener": {...}}}. */
    public static Outcome<ListenerChange> change(Map<?, ?> body) {
        Input input = Input.open(body, "listener", "listener", CHANGE);
        ListenerChange change = new ListenerChange(
                HeaderRules.change(input),
                input.change("connection_limit", f -> limit(input, f), NO_LIMIT),
                input.removal("default_pool_id", input::uuid),
                input.change("insert_headers", f -> headers(input, f), Map.of()),
                input.change("timeout_client_data", f -> timeout(input, f), CLIENT_DATA),
                input.change("timeout_member_connect", f -> timeout(input, f), MEMBER_CONNECT),
                input.change("timeout_member_data", f -> timeout(input, f), MEMBER_DATA),
                input.change("timeout_tcp_inspect", f -> timeout(input, f), TCP_INSPECT),
                input.change("allowed_cidrs", input::prefixes, List.of()));
        Words.unsupported(input, UNSUPPORTED);
        return input.result(in -> change);
    }

    private static @Nullable Integer limit(Input input, String field) {
        return input.whole(field, NO_LIMIT, Integer.MAX_VALUE);
    }

    private static @Nullable Integer timeout(Input input, String field) {
        return input.whole(field, 0, LONGEST);
    }

    private static @Nullable Map<String, String> headers(Input input, String field) {
        Map<?, ?> given = input.object(field);
        if (given == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        given.forEach((name, value) -> {
            String word = value instanceof Boolean flag ? flag.toString() : value instanceof String text ? text : "";
            if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
                headers.put(String.valueOf(name), word.toLowerCase(Locale.ROOT));
            } else {
                input.refuse(field, value, "Value should be one of: true, false");
            }
        });
        return headers;
    }

    private static void headers(Input input, ListenerProtocol protocol, Map<String, String> headers) {
        String unknown = String.join(
                ", ",
                headers.keySet().stream().filter(h -> !HEADERS.contains(h)).toList());
        if (!headers.isEmpty() && protocol != ListenerProtocol.HTTP) {
            input.add(Words.option("insert_headers", "insert-headers", "a " + protocol + " protocol listener."));
        } else if (!unknown.isEmpty()) {
            input.add(Words.option("insert_headers", Shown.text(unknown), "insert_headers"));
        }
    }

    /** Why a new listener may not be added to its load balancer as it stands; empty when it may. */
    public static List<Refusal> admit(LoadBalancerTree tree, ListenerDraft draft) {
        List<Refusal> refusals = new ArrayList<>();
        LoadBalancerRules.open(tree.loadBalancer()).ifPresent(refusals::add);
        for (Listener other : tree.listeners()) {
            if (other.protocolPort() == draft.protocolPort()) {
                refusals.add(Refusal.conflict(
                        "protocol_port",
                        String.valueOf(draft.protocolPort()),
                        "Another Listener on this Load Balancer is already using protocol " + other.protocol()
                                + " and protocol_port " + other.protocolPort()));
            }
        }
        defaultPool(tree, draft.protocol(), draft.defaultPoolId()).ifPresent(refusals::add);
        cidrs(tree.loadBalancer(), draft.allowedCidrs()).ifPresent(refusals::add);
        return refusals;
    }

    /** Why a listener may not be changed as its load balancer stands; empty when it may. */
    public static List<Refusal> admit(LoadBalancerTree tree, Listener old, ListenerChange change) {
        List<Refusal> refusals = new ArrayList<>();
        LoadBalancerRules.open(tree.loadBalancer()).ifPresent(refusals::add);
        defaultPool(tree, old.protocol(), change.defaultPoolId().value()).ifPresent(refusals::add);
        Map<String, String> headers = change.insertHeaders().or(Map.of());
        if (!headers.isEmpty()) {
            refusals.addAll(headerFaults(old.protocol(), headers));
        }
        cidrs(tree.loadBalancer(), change.allowedCidrs().or(List.of())).ifPresent(refusals::add);
        return refusals;
    }

    private static List<Refusal> headerFaults(ListenerProtocol protocol, Map<String, String> headers) {
        Input input = Input.open(Map.of("listener", Map.of()), "listener", "listener", Set.of());
        headers(input, protocol, headers);
        Outcome<String> outcome = input.result(in -> "");
        return outcome instanceof Outcome.Refused<String> refused ? refused.reasons() : List.of();
    }

    /** Why a listener may not be deleted now; empty when it may. */
    public static Optional<Refusal> deletable(LoadBalancerTree tree) {
        return LoadBalancerRules.open(tree.loadBalancer());
    }

    private static Optional<Refusal> defaultPool(
            LoadBalancerTree tree, ListenerProtocol protocol, @Nullable String poolId) {
        if (poolId == null) {
            return Optional.empty();
        }
        Optional<LoadBalancerTree.PoolTree> pool = tree.pool(poolId);
        return pool.isEmpty()
                ? Optional.of(Words.notFound(Words.POOL, poolId))
                : protocols(protocol, pool.get().pool().protocol());
    }

    /** Why a listener of the one protocol may not have a pool of the other; empty when it may. */
    static Optional<Refusal> protocols(ListenerProtocol listener, PoolProtocol pool) {
        boolean fit = switch (listener) {
            case TCP -> true;
            case HTTP -> pool == PoolProtocol.HTTP || pool == PoolProtocol.PROXY || pool == PoolProtocol.PROXYV2;
            case HTTPS -> pool != PoolProtocol.HTTP;
        };
        return fit
                ? Optional.empty()
                : Optional.of(Words.validation(
                        "protocol",
                        pool.name(),
                        "The pool protocol '" + pool + "' is invalid while the listener protocol is '" + listener
                                + "'."));
    }

    private static Optional<Refusal> cidrs(LoadBalancer loadBalancer, List<IpPrefix> cidrs) {
        IpAddress vip = loadBalancer.vip().address();
        return vip == null
                ? Optional.empty()
                : cidrs.stream()
                        .filter(cidr -> cidr.family() != vip.family())
                        .findFirst()
                        .map(cidr -> Words.validation(
                                "allowed_cidrs",
                                cidr.toString(),
                                "CIDR " + cidr + " IP version incompatible with VIP " + vip + " IP version."));
    }

    /** What the rules have seen to be there. */
    static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a required field is missing, and wasn't refused");
        }
        return value;
    }
}
