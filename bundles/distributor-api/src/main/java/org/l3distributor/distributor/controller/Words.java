// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.model.Refusal;

/** Octavia's sentences: its users, and the programs of its users, know them. */
public final class Words {
    public static final String LOAD_BALANCER = "Load Balancer";
    public static final String LISTENER = "Listener";
    public static final String POOL = "Pool";
    public static final String MEMBER = "Member";
    public static final String HEALTH_MONITOR = "Health Monitor";
    public static final String AMPHORA = "Amphora";

    /** What a field that we don't support holds when it means nothing. */
    private static final Map<String, String> EMPTY = Map.ofEntries(
            Map.entry("availability_zone", ""),
            Map.entry("listeners", "[]"),
            Map.entry("pools", "[]"),
            Map.entry("default_tls_container_ref", ""),
            Map.entry("sni_container_refs", "[]"),
            Map.entry("client_ca_tls_container_ref", ""),
            Map.entry("client_crl_container_ref", ""),
            Map.entry("client_authentication", "NONE"),
            Map.entry("tls_ciphers", ""),
            Map.entry("tls_versions", "[]"),
            Map.entry("alpn_protocols", "[]"),
            Map.entry("l7policies", "[]"),
            Map.entry("members", "[]"),
            Map.entry("tls_container_ref", ""),
            Map.entry("ca_tls_container_ref", ""),
            Map.entry("crl_container_ref", ""),
            Map.entry("tls_enabled", "False"));

    private Words() {}

    /** Octavia's only provider word that we answer for. */
    public static final String PROVIDER = "octavia";

    public static Refusal notFound(String what, String id) {
        return Refusal.notFound("id", Shown.text(id), what + " " + Shown.text(id) + " not found.");
    }

    /** A thing that a body names and that isn't there: a 400, since the call's own path is right. */
    public static Refusal subresource(String field, String what, String id) {
        return Refusal.invalid(field, Shown.text(id), what + " " + Shown.text(id) + " not found.");
    }

    public static Refusal pending(LoadBalancer loadBalancer) {
        return Refusal.conflict(
                "provisioning_status",
                loadBalancer.header().provisioning().name(),
                "Invalid state " + loadBalancer.header().provisioning() + " of loadbalancer resource "
                        + loadBalancer.id());
    }

    public static Refusal immutable(String what, String id) {
        return Refusal.conflict("provisioning_status", null, what + " " + id + " is immutable and cannot be updated.");
    }

    public static Refusal validation(String field, @Nullable String value, String detail) {
        return Refusal.invalid(field, value, "Validation failure: " + detail);
    }

    public static Refusal option(String field, String value, String option) {
        return Refusal.invalid(field, value, value + " is not a valid option for " + option);
    }

    /** Something that Octavia's API has and this controller doesn't. */
    public static Refusal unsupported(String field, String value) {
        return new Refusal(
                Refusal.Kind.UNSUPPORTED,
                field,
                Shown.text(value),
                "Provider '" + PROVIDER + "' does not support a requested option: " + field + " " + Shown.text(value));
    }

    /** Refuses the fields that are there, unless they hold what means nothing: null, false, NONE, an empty list or text. */
    static void unsupported(Input input, List<String> fields) {
        for (String field : fields) {
            input.ifGiven(field, value -> {
                boolean nothing = value.equals(EMPTY.getOrDefault(field, "None"));
                if (!nothing) {
                    input.add(unsupported(field, value));
                }
            });
        }
    }
}
