// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** What may be said of a distributor. Pure; every broken rule is said at once. */
public final class DistributorRules {
    private static final Set<String> CREATE = Set.of("name", "distributor_type", "topology", "redundancy");
    private static final Set<String> CHANGE = Set.of("name", "redundancy");
    private static final Set<String> AMPHORA = Set.of("speaker_ids");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]{1,36}");
    private static final Map<String, Boolean> TOPOLOGIES = new LinkedHashMap<>();

    static {
        TOPOLOGIES.put("COMBINED", false);
        TOPOLOGIES.put("DEDICATED", true);
    }

    private static final int MOST_SPEAKERS = 16;

    private DistributorRules() {}

    /** Reads {@code {"distributor": {...}}}; gives it a new id. */
    public static Outcome<Distributor> create(Map<?, ?> body) {
        Input input = Input.open(body, "distributor_", "distributor", CREATE);
        String name = input.text("name");
        String type =
                input.matching("distributor_type", TYPE, "Value should be 1 to 36 letters, digits, '_' and '-'", true);
        Boolean dedicated = input.word("topology", TOPOLOGIES, List.of());
        Integer redundancy = redundancy(input);
        return input.result(in -> new Distributor(
                UUID.randomUUID().toString(),
                type == null ? "L3_BGP" : type,
                null,
                name == null ? "" : name,
                dedicated != null && dedicated,
                redundancy == null ? 1 : redundancy,
                0));
    }

    /** Reads {@code {"distributor": {...}}}; gives the old one as it becomes. */
    public static Outcome<Distributor> change(Map<?, ?> body, Distributor old) {
        Input input = Input.open(body, "distributor_", "distributor", CHANGE);
        Change<String> name = input.change("name", input::text, "");
        Change<Integer> redundancy = input.change("redundancy", f -> redundancy(input), 1);
        return input.result(in -> new Distributor(
                old.id(),
                old.type(),
                old.status(),
                name.or(old.name()),
                old.dedicated(),
                redundancy.or(old.redundancy()),
                old.version()));
    }

    private static @Nullable Integer redundancy(Input input) {
        return input.whole("redundancy", 1, MOST_SPEAKERS);
    }

    /** Reads {@code {"amphora": {"speaker_ids": [...]}}}: the speakers of a new dedicated amphora. */
    public static Outcome<List<String>> amphora(Map<?, ?> body) {
        Input input = Input.open(body, "amphora_", "amphora", AMPHORA);
        input.required("speaker_ids");
        List<String> ids = input.texts("speaker_ids", 36);
        if (ids != null && ids.isEmpty()) {
            input.refuse("speaker_ids", "[]", "Value should name at least one speaker");
        }
        return input.result(in -> List.copyOf(ListenerRules.given(ids)));
    }

    /** Why a distributor may not be deleted; empty when it may. */
    public static List<Refusal> deletable(DistributorView view) {
        int vips = view.loadBalancerIds().size();
        int amphorae = view.amphoraIds().size();
        return vips + amphorae == 0
                ? List.of()
                : List.of(Refusal.conflict(
                        "id",
                        view.id(),
                        "Distributor " + view.id() + " is in use by " + vips + " load balancers and " + amphorae
                                + " amphorae, and cannot be deleted."));
    }
}
