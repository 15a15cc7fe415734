// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

class ListQueryTest {
    private static final List<Member> MEMBERS = new ArrayList<>();

    static {
        for (int i = 1; i <= 5; i++) {
            Header header = new Header(
                    "m" + i,
                    i < 4 ? "p1" : "p2",
                    "name-" + (6 - i),
                    "",
                    i % 2 == 0,
                    ProvisioningStatus.ACTIVE,
                    OperatingStatus.ONLINE,
                    i == 1 ? List.of("a", "b") : i == 2 ? List.of("b") : List.of(),
                    Instant.ofEpochSecond(1_000 + i),
                    null,
                    0);
            MEMBERS.add(new Member(
                    header, "pool", IpAddress.parse("10.0.0." + i), 80, i == 5 ? 1 : 10, false, null, null, null));
        }
    }

    @Test
    void withoutAnything_everythingComesInTheOrderOfItsMaking() {
        assertThat(page(Map.of())).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void pages_followOneAnother_andBackAgain() {
        assertThat(page(Map.of("limit", List.of("2")))).containsExactly("m1", "m2");
        assertThat(page(Map.of("limit", List.of("2"), "marker", List.of("m2")))).containsExactly("m3", "m4");
        assertThat(page(Map.of("limit", List.of("2"), "marker", List.of("m4")))).containsExactly("m5");
        assertThat(page(Map.of("limit", List.of("2"), "marker", List.of("m5"), "page_reverse", List.of("True"))))
                .containsExactly("m3", "m4");
        assertThat(page(Map.of("limit", List.of("0")))).hasSize(5);
        assertThat(page(Map.of("limit", List.of("infinite")))).hasSize(5);
    }

    @Test
    void filters_compareTexts_andBooleansInAnyCase() {
        assertThat(page(Map.of("project_id", List.of("p2")))).containsExactly("m4", "m5");
        assertThat(page(Map.of("tenant_id", List.of("p2")))).containsExactly("m4", "m5");
        assertThat(page(Map.of("admin_state_up", List.of("True")))).containsExactly("m2", "m4");
        assertThat(page(Map.of("address", List.of("10.0.0.3"), "name", List.of("name-3"))))
                .containsExactly("m3");
        assertThat(page(Map.of("protocol_port", List.of("81")))).isEmpty();
    }

    @Test
    void tags_areAllAnyOrNone() {
        assertThat(page(Map.of("tags", List.of("a,b")))).containsExactly("m1");
        assertThat(page(Map.of("tags-any", List.of("a", "b")))).containsExactly("m1", "m2");
        assertThat(page(Map.of("not-tags", List.of("a,b")))).containsExactly("m2", "m3", "m4", "m5");
        assertThat(page(Map.of("not-tags-any", List.of("a,b")))).containsExactly("m3", "m4", "m5");
    }

    @Test
    void sorting_isByEitherForm_andNumbersAreNumbers() {
        assertThat(page(Map.of("sort", List.of("name")))).containsExactly("m5", "m4", "m3", "m2", "m1");
        assertThat(page(Map.of("sort", List.of("weight:asc,name:desc")))).containsExactly("m5", "m1", "m2", "m3", "m4");
        assertThat(page(Map.of("sort_key", List.of("weight,id"), "sort_dir", List.of("desc,desc"))))
                .containsExactly("m4", "m3", "m2", "m1", "m5");
        assertThat(page(Map.of("sort", List.of("subnet_id:desc")))).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void whatIsWrong_isSaidInOctaviasWords() {
        assertThat(reasons(Map.of("nonsense", List.of("1"))))
                .containsExactly("One or more arguments are either duplicate or invalid");
        assertThat(reasons(Map.of("name", List.of("a", "b"))))
                .containsExactly("One or more arguments are either duplicate or invalid");
        assertThat(reasons(Map.of("limit", List.of("x"))))
                .containsExactly("Supplied pagination limit 'x' is not valid.");
        assertThat(reasons(Map.of("sort", List.of("nonsense:up"))))
                .containsExactly(
                        "Supplied sort key 'nonsense' is not valid.", "Supplied sort direction 'up' is not valid.");
        ListQuery lost = done(ListQuery.read(Map.of("marker", List.of("m9")), Attributes.MEMBERS.names(), 100));
        assertThat(lost.page(MEMBERS, Attributes.MEMBERS))
                .isEqualTo(Outcome.refused(
                        Refusal.invalid("marker", "m9", "Supplied pagination marker 'm9' is not valid.")));
    }

    @Test
    void ofAProject_noFilterLeadsToAnother() {
        ListQuery query = done(ListQuery.read(
                Map.of("project_id", List.of("p1"), "tenant_id", List.of("p1")), Attributes.MEMBERS.names(), 100));
        assertThat(done(query.of("p2").page(MEMBERS, Attributes.MEMBERS)))
                .extracting(Member::id)
                .containsExactly("m4", "m5");
    }

    private static List<String> page(Map<String, List<String>> parameters) {
        ListQuery query = done(ListQuery.read(parameters, Attributes.MEMBERS.names(), 100));
        return done(query.page(MEMBERS, Attributes.MEMBERS)).stream()
                .map(Member::id)
                .toList();
    }

    private static List<String> reasons(Map<String, List<String>> parameters) {
        Outcome<ListQuery> outcome = ListQuery.read(parameters, Attributes.MEMBERS.names(), 100);
        return ((Outcome.Refused<ListQuery>) outcome)
                .reasons().stream().map(Refusal::rule).toList();
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }
}
