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

/** What may be said of a health monitor, and when. Pure; every broken rule is said at once. */
public final class HealthMonitorRules {
    private static final String CODES = "^(\\d{3}(\\s*,\\s*\\d{3})*)$|^(\\d{3}-\\d{3})$";
    private static final Pattern EXPECTED = Pattern.compile(CODES);

    /** RFC 3986, 3.3, without a query: what stands there ends up in HAProxy's configuration. */
    private static final Pattern PATH = Pattern.compile(
            "^/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(\\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$");

    private static final Pattern DOMAIN =
            Pattern.compile("^(?=.{1,253}\\.?$)(?:(?!-|[^.]+_)[A-Za-z0-9-_]{1,63}(?<!-)(?:\\.|$))+$");
    private static final Map<String, HealthMonitor.Type> TYPES = new LinkedHashMap<>();
    private static final Map<String, String> METHODS = new LinkedHashMap<>();

    static {
        for (HealthMonitor.Type type : HealthMonitor.Type.values()) {
            TYPES.put(type.word(), type);
        }
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PATCH")) {
            METHODS.put(method, method);
        }
    }

    private static final List<String> OTHER_TYPES = List.of("UDP-CONNECT", "SCTP");
    private static final int LONGEST_SECONDS = 2_073_600;
    private static final Set<String> CHANGE = Set.of(
            "name",
            "admin_state_up",
            "tags",
            "delay",
            "timeout",
            "max_retries",
            "max_retries_down",
            "http_method",
            "url_path",
            "expected_codes",
            "http_version",
            "domain_name");
    private static final Set<String> CREATE = Set.of(
            "name",
            "admin_state_up",
            "tags",
            "delay",
            "timeout",
            "max_retries",
            "max_retries_down",
            "http_method",
            "url_path",
            "expected_codes",
            "http_version",
            "domain_name",
            "type",
            "pool_id",
            "project_id",
            "tenant_id");

    private HealthMonitorRules() {}

    /** Reads {@code {"healthmonitor": {...}}}. */
    public static Outcome<HealthMonitorDraft> create(Map<?, ?> body) {
        Input input = Input.open(body, "health_monitor_", "healthmonitor", CREATE);
        HeaderDraft header = HeaderRules.draft(input);
        String unused = input.text("project_id", 36);
        unused = input.text("tenant_id", 36);
        for (String field : List.of("type", "delay", "timeout", "max_retries", "pool_id")) {
            input.required(field);
        }
        String pool = input.uuid("pool_id");
        HealthMonitor.Type type = input.word("type", TYPES, OTHER_TYPES);
        Integer delay = seconds(input, "delay");
        Integer timeout = seconds(input, "timeout");
        Integer retries = input.whole("max_retries", 1, 10);
        Integer retriesDown = input.whole("max_retries_down", 1, 10);
        String method = method(input, "http_method");
        String path = path(input, "url_path");
        String codes = codes(input, "expected_codes");
        String version = input.httpVersion("http_version");
        String domain = domain(input, "domain_name");
        return input.result(in -> {
            HealthMonitor.Type itsType = ListenerRules.given(type);
            if (!itsType.speaksHttp()) {
                refuseHttp(in, itsType, "http_method", method);
                refuseHttp(in, itsType, "url_path", path);
                refuseHttp(in, itsType, "expected_codes", codes);
                refuseHttp(in, itsType, "http_version", version);
                refuseHttp(in, itsType, "domain_name", domain);
            }
            domain(version, domain).ifPresent(in::add);
            return new HealthMonitorDraft(
                    header,
                    ListenerRules.given(pool),
                    itsType,
                    ListenerRules.given(delay),
                    ListenerRules.given(timeout),
                    ListenerRules.given(retries),
                    retriesDown == null ? 3 : retriesDown,
                    itsType.speaksHttp()
                            ? new HttpCheck(
                                    method == null ? "GET" : method,
                                    path == null ? "/" : path,
                                    codes == null ? "200" : codes,
                                    version,
                                    domain)
                            : null);
        });
    }

    private static void refuseHttp(Input input, HealthMonitor.Type type, String field, @Nullable String value) {
        if (value != null) {
            input.add(Words.option(field, field, "health monitors of type " + type.word()));
        }
    }

    /** Reads {@code {"healthmonitor": {...}}}. */
    public static Outcome<HealthMonitorChange> change(Map<?, ?> body) {
        Input input = Input.open(body, "health_monitor_", "healthmonitor", CHANGE);
        for (String field : List.of("delay", "timeout", "max_retries")) {
            if (input.has(field)) {
                input.requiredOption(field);
            }
        }
        HealthMonitorChange change = new HealthMonitorChange(
                HeaderRules.change(input),
                input.removal("delay", f -> seconds(input, f)),
                input.removal("timeout", f -> seconds(input, f)),
                input.removal("max_retries", f -> input.whole(f, 1, 10)),
                input.change("max_retries_down", f -> input.whole(f, 1, 10), 3),
                input.change("http_method", f -> method(input, f), "GET"),
                input.change("url_path", f -> path(input, f), "/"),
                input.change("expected_codes", f -> codes(input, f), "200"),
                input.removal("http_version", input::httpVersion),
                input.removal("domain_name", f -> domain(input, f)));
        return input.result(in -> change);
    }

    private static @Nullable Integer seconds(Input input, String field) {
        return input.whole(field, 0, LONGEST_SECONDS);
    }

    private static @Nullable String method(Input input, String field) {
        return input.word(field, METHODS, List.of());
    }

    private static @Nullable String path(Input input, String field) {
        return input.matching(field, PATH, "Value must be a valid URL Path string", true);
    }

    private static @Nullable String codes(Input input, String field) {
        return input.matching(field, EXPECTED, "Value should match the pattern " + CODES, false);
    }

    private static @Nullable String domain(Input input, String field) {
        if (input.isEmpty(field)) {
            input.refuse(field, "", "Value should have a minimum character requirement of 1");
            return null;
        }
        return input.text(field) == null
                ? null
                : input.matching(field, DOMAIN, "Value should match the pattern " + DOMAIN.pattern(), false);
    }

    private static Optional<Refusal> domain(@Nullable String version, @Nullable String domain) {
        if (domain == null) {
            return Optional.empty();
        }
        if (version == null) {
            return Optional.of(Words.validation(
                    "http_version", null, "'http_version' must be specified when 'domain_name' is provided."));
        }
        return version.equals("1.1")
                ? Optional.empty()
                : Optional.of(Words.option(
                        "http_version",
                        "http_version " + version,
                        "health monitors HTTP 1.1 domain name health check"));
    }

    /** Why a new monitor may not be added to its pool as it stands; empty when it may. */
    public static List<Refusal> admit(LoadBalancerTree tree, LoadBalancerTree.PoolTree pool, HealthMonitorDraft draft) {
        List<Refusal> refusals = new ArrayList<>();
        deletable(tree, pool).ifPresent(refusals::add);
        if (pool.monitor() != null) {
            refusals.add(Refusal.conflict("pool_id", draft.poolId(), "This pool already has a health monitor"));
        }
        return refusals;
    }

    /** Why a monitor may not be changed as its pool stands; empty when it may. */
    public static List<Refusal> admit(
            LoadBalancerTree tree, LoadBalancerTree.PoolTree pool, HealthMonitor old, HealthMonitorChange change) {
        List<Refusal> refusals = new ArrayList<>();
        deletable(tree, pool).ifPresent(refusals::add);
        HttpCheck http = old.http();
        if (http == null && change.speaksHttp()) {
            refusals.add(Words.option(
                    "http_method",
                    "http_method",
                    "health monitors of type " + old.type().word()));
        } else if (http != null) {
            domain(
                            change.httpVersion().orNull(http.version()),
                            change.domainName().orNull(http.domainName()))
                    .ifPresent(refusals::add);
        }
        return refusals;
    }

    /** Why a pool's monitor may not be deleted now; empty when it may. */
    public static Optional<Refusal> deletable(LoadBalancerTree tree, LoadBalancerTree.PoolTree pool) {
        return PoolRules.open(tree, pool.pool());
    }
}
