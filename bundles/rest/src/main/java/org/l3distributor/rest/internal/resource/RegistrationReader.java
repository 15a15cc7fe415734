// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.json.Fields;
import org.l3distributor.rest.internal.json.JsonText;
import org.l3distributor.rest.internal.wire.RegistrationRequest.Item;

/** From bodies to registrations and removals: the JSON's faults and the broken rules all at once. */
final class RegistrationReader {
    static final String AMPHORA = "amphora_id";
    static final String VIP = "vip_ip";
    static final String NEXT_HOP = "nexthop_ip";
    static final String PEER = "peer_id";

    private static final String LIST = "registrations";
    private static final Set<String> OF_AMPHORA = Set.of(VIP, NEXT_HOP, PEER);
    private static final Set<String> OF_ENDPOINT = Set.of(NEXT_HOP, PEER);
    private static final Set<String> OF_ITEM = Set.of(AMPHORA, VIP, NEXT_HOP, PEER);

    private RegistrationReader() {}

    static Registration amphora(String amphoraId, byte[] body) {
        List<Fault> faults = new ArrayList<>();
        Fields fields = new Fields(JsonText.object(body), "", faults, OF_AMPHORA);
        Item item = new Item(amphoraId, fields.text(VIP), fields.text(NEXT_HOP), fields.text(PEER));
        Registration registration = checked(registration(item, true), faults);
        return sound(registration, faults);
    }

    static Registration endpoint(String vip, byte[] body) {
        List<Fault> faults = new ArrayList<>();
        Fields fields = new Fields(JsonText.object(body), "", faults, OF_ENDPOINT);
        Item item = new Item(null, vip, fields.text(NEXT_HOP), fields.text(PEER));
        Registration registration = checked(registration(item, false), faults);
        return sound(registration, faults);
    }

    static Removal removal(Item item, boolean amphora) {
        List<Fault> faults = new ArrayList<>();
        return sound(checked(removalOf(item, amphora), faults), faults);
    }

    static List<Registration> registrations(byte[] body) {
        return all(body, RegistrationReader::registration);
    }

    static List<Removal> removals(byte[] body) {
        return all(body, RegistrationReader::removalOf);
    }

    /** How a row becomes a value. */
    private interface Maker<T> {
        Outcome<T> make(Item item, boolean amphora);
    }

    private static <T> List<T> all(byte[] body, Maker<T> maker) {
        List<Fault> faults = new ArrayList<>();
        Fields root = new Fields(JsonText.object(body), "", faults, Set.of(LIST));
        root.required(LIST);
        List<ObjectNode> rows = root.objects(LIST);
        List<T> made = new ArrayList<>();
        if (rows != null && rows.isEmpty() && faults.isEmpty()) {
            faults.add(Fault.invalid(LIST, "[]", "must not be empty"));
        }
        for (int i = 0; rows != null && i < rows.size(); i++) {
            T one = row(rows.get(i), LIST + "[" + i + "].", faults, maker);
            if (one != null) {
                made.add(one);
            }
        }
        Refused.ifAny(faults);
        return made;
    }

    private static <T> @Nullable T row(ObjectNode node, String path, List<Fault> faults, Maker<T> maker) {
        List<Fault> own = new ArrayList<>();
        Fields fields = new Fields(node, "", own, OF_ITEM);
        Item item = new Item(fields.text(AMPHORA), fields.text(VIP), fields.text(NEXT_HOP), fields.text(PEER));
        T made = checked(maker.make(item, fields.has(AMPHORA)), own);
        own.forEach(f -> faults.add(f.below(path)));
        return made;
    }

    private static Outcome<Registration> registration(Item item, boolean amphora) {
        return amphora
                ? RegistrationRules.amphora(item.amphoraId(), item.vipIp(), item.nexthopIp(), item.peerId())
                : RegistrationRules.endpoint(item.vipIp(), item.nexthopIp(), item.peerId());
    }

    private static Outcome<Removal> removalOf(Item item, boolean amphora) {
        return amphora
                ? RegistrationRules.amphoraRemoval(item.amphoraId(), item.vipIp(), item.nexthopIp(), item.peerId())
                : RegistrationRules.endpointRemoval(item.vipIp(), item.nexthopIp(), item.peerId());
    }

    /** Adds the broken rules; a field whose type is wrong has been complained of already. */
    private static <T> @Nullable T checked(Outcome<T> outcome, List<Fault> faults) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        Set<String> known = new HashSet<>();
        faults.forEach(f -> known.add(f.field()));
        for (Refusal refusal : ((Outcome.Refused<T>) outcome).reasons()) {
            if (!known.contains(refusal.field())) {
                faults.add(Fault.of(refusal, Fault.REGISTRATION_NOT_FOUND));
            }
        }
        return null;
    }

    private static <T> T sound(@Nullable T made, List<Fault> faults) {
        Refused.ifAny(faults);
        if (made == null) {
            throw new IllegalStateException("a refusal without a reason");
        }
        return made;
    }
}
