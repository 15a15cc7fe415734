// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.internal.UnicastText;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * Reads what a caller wrote into registrations and removals, and says every broken rule at once. What can only be
 * decided by looking at the appliance (known peers, own addresses, contradictions) is not decided here.
 *
 * <p>The fields are called by their names in the API: {@code amphora_id}, {@code vip_ip}, {@code nexthop_ip},
 * {@code peer_id}. A null is a missing field.
 */
public final class RegistrationRules {
    private static final int AMPHORA_ID_LENGTH = 36;
    private static final int PEER_ID_LENGTH = 64;
    private static final Pattern AMPHORA_ID = Pattern.compile("[A-Za-z0-9-]+");

    private final List<Refusal> refusals = new ArrayList<>();

    private RegistrationRules() {}

    /** An amphora's registration; {@code peerId} null = all peers. */
    public static Outcome<Registration> amphora(
            @Nullable String amphoraId, @Nullable String vipIp, @Nullable String nexthopIp, @Nullable String peerId) {
        RegistrationRules rules = new RegistrationRules();
        Owner.@Nullable Amphora owner = rules.amphoraId(amphoraId);
        return rules.read(owner, vipIp, nexthopIp, peerId)
                .make((o, r) -> new Registration(o, r.vip, r.nextHop, r.peer));
    }

    /** A non-amphora endpoint's registration; {@code peerId} null = all peers. */
    public static Outcome<Registration> endpoint(
            @Nullable String vipIp, @Nullable String nexthopIp, @Nullable String peerId) {
        return new RegistrationRules()
                .read(new Owner.Endpoint(), vipIp, nexthopIp, peerId)
                .make((o, r) -> new Registration(o, r.vip, r.nextHop, r.peer));
    }

    /** The end of an amphora's registrations; {@code peerId} null = on whatever peers they are. */
    public static Outcome<Removal> amphoraRemoval(
            @Nullable String amphoraId, @Nullable String vipIp, @Nullable String nexthopIp, @Nullable String peerId) {
        RegistrationRules rules = new RegistrationRules();
        Owner.@Nullable Amphora owner = rules.amphoraId(amphoraId);
        return rules.read(owner, vipIp, nexthopIp, peerId).make((o, r) -> new Removal(o, r.vip, r.nextHop, r.peer));
    }

    /** The end of a non-amphora endpoint's registrations; {@code peerId} null = on whatever peers they are. */
    public static Outcome<Removal> endpointRemoval(
            @Nullable String vipIp, @Nullable String nexthopIp, @Nullable String peerId) {
        return new RegistrationRules()
                .read(new Owner.Endpoint(), vipIp, nexthopIp, peerId)
                .make((o, r) -> new Removal(o, r.vip, r.nextHop, r.peer));
    }

    private record Route(
            IpAddress vip, IpAddress nextHop, @Nullable PeerId peer) {}

    private record Reading(@Nullable Owner owner, @Nullable Route route, List<Refusal> refusals) {
        <T> Outcome<T> make(BiFunction<Owner, Route, T> maker) {
            if (owner == null || route == null || !refusals.isEmpty()) {
                return Outcome.refused(refusals);
            }
            return Outcome.done(Objects.requireNonNull(maker.apply(owner, route)));
        }
    }

    private Reading read(
            @Nullable Owner owner, @Nullable String vipIp, @Nullable String nexthopIp, @Nullable String peerId) {
        IpAddress vip = address("vip_ip", vipIp);
        IpAddress nextHop = address("nexthop_ip", nexthopIp);
        PeerId peer = peerId(peerId);
        if (vip == null || nextHop == null) {
            return new Reading(owner, null, refusals);
        }
        if (vip.family() != nextHop.family()) {
            refuse("nexthop_ip", nexthopIp, mixedFamilies(vip));
        } else if (vip.equals(nextHop)) {
            refuse(
                    "nexthop_ip",
                    nexthopIp,
                    "must be another address than the VIP: it is where the VIP's traffic is sent to");
        }
        return new Reading(owner, new Route(vip, nextHop, peer), refusals);
    }

    private static String mixedFamilies(IpAddress vip) {
        return switch (vip.family()) {
            case IPV4 ->
                "must be of the VIP's family: an IPv6 next hop for an IPv4 VIP needs RFC 8950, which isn't supported";
            case IPV6 ->
                "must be of the VIP's family: an IPv4 next hop for an IPv6 VIP needs RFC 8950, which isn't supported";
        };
    }

    private Owner.@Nullable Amphora amphoraId(@Nullable String text) {
        if (absent("amphora_id", text) || text == null) {
            return null;
        }
        if (text.length() > AMPHORA_ID_LENGTH) {
            refuse("amphora_id", text, "is too long: at most " + AMPHORA_ID_LENGTH + " characters");
        } else if (!AMPHORA_ID.matcher(text).matches()) {
            refuse("amphora_id", text, "must be letters, digits and '-' only, the form of an Octavia id");
        } else {
            return new Owner.Amphora(text);
        }
        return null;
    }

    private @Nullable IpAddress address(String field, @Nullable String text) {
        if (absent(field, text) || text == null) {
            return null;
        }
        UnicastText read = UnicastText.read(text, UnicastText.Scope.ROUTABLE);
        if (read.rule() != null) {
            refuse(field, text, read.rule());
        }
        return read.address();
    }

    private @Nullable PeerId peerId(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            refuse("peer_id", text, "must not be empty; leave it out to mean all peers");
        } else if (text.length() > PEER_ID_LENGTH) {
            refuse("peer_id", text, "is too long: at most " + PEER_ID_LENGTH + " characters");
        } else {
            try {
                return new PeerId(text);
            } catch (IllegalArgumentException e) {
                refuse("peer_id", text, "must be letters, digits, '.', '_' and '-' only");
            }
        }
        return null;
    }

    private boolean absent(String field, @Nullable String text) {
        if (text == null) {
            refuse(field, null, "is required");
        } else if (text.isEmpty()) {
            refuse(field, text, "must not be empty");
        }
        return text == null || text.isEmpty();
    }

    private void refuse(String field, @Nullable String value, String rule) {
        refusals.add(Refusal.invalid(field, Shown.orNull(value), rule));
    }
}
