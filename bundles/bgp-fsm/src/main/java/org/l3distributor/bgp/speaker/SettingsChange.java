// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a change of a peer's settings does to its session, decided in one place for the speaker and for a dry run.
 *
 * @param field the component of {@link PeerSettings} that differs
 * @param effect what it does
 */
public record SettingsChange(String field, Effect effect) {
    public enum Effect {
        /** Nothing on the wire changes. */
        NONE,
        /** The running session goes on; routes are told again where they are told otherwise now. */
        ROUTES,
        /** Holds from the next session on; the running one goes on. */
        NEXT_SESSION,
        /** The running session ends (Cease, RFC 4486) and a new one is made. */
        RESET
    }

    private record Rule(String field, Function<PeerSettings, Object> value, Effect effect) {}

    private static final List<Rule> RULES = List.of(
            new Rule("address", PeerSettings::address, Effect.RESET),
            new Rule("port", PeerSettings::port, Effect.RESET),
            new Rule("localAddress", s -> Objects.requireNonNullElse(s.localAddress(), ""), Effect.RESET),
            new Rule("localAs", PeerSettings::localAs, Effect.RESET),
            new Rule("routerId", PeerSettings::routerId, Effect.RESET),
            new Rule("remoteAs", PeerSettings::remoteAs, Effect.RESET),
            new Rule("holdTime", PeerSettings::holdTime, Effect.NEXT_SESSION),
            new Rule("keepalive", PeerSettings::keepalive, Effect.NEXT_SESSION),
            new Rule("md5Password", s -> Objects.requireNonNullElse(s.md5Password(), ""), Effect.RESET),
            new Rule("ttlHops", s -> Objects.requireNonNullElse(s.ttlHops(), 0), Effect.RESET),
            new Rule("families", PeerSettings::families, Effect.RESET),
            new Rule("passive", PeerSettings::passive, Effect.NEXT_SESSION),
            new Rule("enabled", PeerSettings::enabled, Effect.RESET),
            new Rule("linkBandwidth", PeerSettings::linkBandwidth, Effect.ROUTES),
            new Rule("speaker", PeerSettings::speaker, Effect.NONE),
            new Rule("description", PeerSettings::description, Effect.NONE));

    /** Every difference between two settings of one peer; empty when they are equal. */
    public static List<SettingsChange> between(PeerSettings before, PeerSettings after) {
        List<SettingsChange> changes = new ArrayList<>();
        for (Rule rule : RULES) {
            if (!rule.value.apply(before).equals(rule.value.apply(after))) {
                changes.add(new SettingsChange(rule.field, rule.effect));
            }
        }
        return List.copyOf(changes);
    }
}
