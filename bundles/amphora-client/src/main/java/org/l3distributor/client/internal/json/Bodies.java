// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Values to bodies and back. */
public final class Bodies {
    /**
     * A page of a list.
     *
     * @param next the marker of the next page; null = this is the last
     */
    public record Page(
            List<RegistrationStatus> rows, @Nullable String next) {}

    private Bodies() {}

    public static byte[] registrations(List<Registration> registrations) {
        ArrayNode rows = Node.MAPPER.createArrayNode();
        registrations.forEach(r -> rows.add(row(r.owner(), r.vip(), r.nextHop(), r.peer())));
        return body(rows);
    }

    public static byte[] removals(List<Removal> removals) {
        ArrayNode rows = Node.MAPPER.createArrayNode();
        removals.forEach(r -> rows.add(row(r.owner(), r.vip(), r.nextHop(), r.peer())));
        return body(rows);
    }

    private static ObjectNode row(Owner owner, IpAddress vip, IpAddress nextHop, @Nullable PeerId peer) {
        ObjectNode row = Node.MAPPER.createObjectNode();
        if (owner instanceof Owner.Amphora amphora) {
            row.put("amphora_id", amphora.amphoraId());
        }
        row.put("vip_ip", vip.toString()).put("nexthop_ip", nextHop.toString());
        if (peer != null) {
            row.put("peer_id", peer.value());
        }
        return row;
    }

    private static byte[] body(ArrayNode rows) {
        try {
            return Node.MAPPER.writeValueAsBytes(Node.MAPPER.createObjectNode().set("registrations", rows));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of texts
        }
    }

    /** The answer of a bulk registration. */
    public static List<RegistrationStatus> registered(Node answer) throws Garbled {
        return answer.list("registrations", Bodies::status);
    }

    /** The answer of a bulk removal. */
    public static RemovalResult removed(Node answer) throws Garbled {
        return new RemovalResult(answer.list("removed", Bodies::status), answer.list("absent", Bodies::removal));
    }

    /** A page of the registrations of amphorae. */
    public static Page page(Node answer) throws Garbled {
        return new Page(answer.list("amphorae", Bodies::status), answer.textOrNull("next_marker"));
    }

    public static List<OwnVipStatus> ownVips(Node answer) throws Garbled {
        return answer.list("own_vips", Bodies::ownVip);
    }

    public static List<HeldConnections> held(Node answer) throws Garbled {
        return answer.list(
                "load_balancers",
                row -> new HeldConnections(
                        row.text("loadbalancer_id"), row.countOrNull("connections"), row.countOrNull("old_workers")));
    }

    private static OwnVipStatus ownVip(Node row) throws Garbled {
        IpAddress nextHop = row.textOrNull("nexthop_ip") == null ? null : row.address("nexthop_ip");
        boolean served = row.flag("served");
        if (served && nextHop == null) {
            throw Node.missing("nexthop_ip", "an address though the VIP is served");
        }
        OwnVip vip =
                new OwnVip(row.address("vip_ip"), nextHop, served, row.text("reason"), row.countOrNull("back_ends_up"));
        return new OwnVipStatus(vip, row.list("peers", Bodies::route));
    }

    private static RegistrationStatus status(Node row) throws Garbled {
        String amphora = row.textOrNull("amphora_id");
        String vip = row.text("vip_ip");
        String nextHop = row.text("nexthop_ip");
        String peer = row.textOrNull("peer_id");
        Registration registration = sound(
                amphora == null
                        ? RegistrationRules.endpoint(vip, nextHop, peer)
                        : RegistrationRules.amphora(amphora, vip, nextHop, peer));
        return new RegistrationStatus(registration, row.list("peers", Bodies::route));
    }

    private static Removal removal(Node row) throws Garbled {
        String amphora = row.textOrNull("amphora_id");
        String vip = row.text("vip_ip");
        String nextHop = row.text("nexthop_ip");
        String peer = row.textOrNull("peer_id");
        return sound(
                amphora == null
                        ? RegistrationRules.endpointRemoval(vip, nextHop, peer)
                        : RegistrationRules.amphoraRemoval(amphora, vip, nextHop, peer));
    }

    /** An amphora that answers what it would itself refuse isn't one. */
    private static <T> T sound(Outcome<T> outcome) throws Garbled {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new Garbled("a row of the answer is no registration: "
                + ((Outcome.Refused<T>) outcome).reasons().get(0).rule());
    }

    private static PeerRoute route(Node row) throws Garbled {
        try {
            return new PeerRoute(
                    new PeerId(row.text("id")),
                    RouteState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                    row.instantOrNull("written_at"),
                    row.textOrNull("reason"));
        } catch (IllegalArgumentException e) {
            throw Node.missing("peers", "a list of peers and their states");
        }
    }

    /**
     * The code and the words of a refusal, in whichever of the API's forms of error.
     *
     * @param code "" where the form has none
     */
    public record ErrorText(String code, String message) {}

    public static ErrorText error(byte[] body) {
        try {
            Node node = Node.of(body);
            String code = node.textOrNull("code");
            String details = node.textOrNull("details");
            String message = node.textOrNull("message");
            String plain = node.textOrNull("error");
            String first = message == null ? plain == null ? "no reason given" : plain : message;
            return new ErrorText(code == null ? "" : code, details == null ? first : first + ": " + details);
        } catch (Garbled e) {
            return new ErrorText("", "no reason given");
        }
    }
}
