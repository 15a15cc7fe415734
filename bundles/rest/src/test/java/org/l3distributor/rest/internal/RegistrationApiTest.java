// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.StoreException;

class RegistrationApiTest {
    private static final String AMPHORA = "/1.0/distributor/amphorae/5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String GOOD = "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\"}";

    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        api = new Api();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @BeforeEach
    void reset() {
        api.reset();
    }

    @Test
    void register_ofAGoodRoute_answersWhatEachPeerHas() throws Exception {
        Api.Answer answer = api.put(AMPHORA, GOOD);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"amphora_id\":\"5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001\",\"vip_ip\":\"203.0.113.10\","
                        + "\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":null,\"peers\":[{\"id\":\"tor1\","
                        + "\"state\":\"announced\",\"written_at\":\"2026-01-02T03:04:05.000006Z\",\"reason\":null}]}");
        assertThat(answer.http().headers().firstValue("Content-Length")).isPresent();
    }

    @Test
    void register_whenAPeerIsSlow_answers202AndSaysPending() throws Exception {
        api.fake.slow = true;

        Api.Answer answer = api.put(AMPHORA, GOOD);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/peers/0/state").textValue()).isEqualTo("pending");
        assertThat(answer.json().at("/peers/0/reason").textValue()).isEqualTo("not written yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | required",
                "{\"vip_ip\":\"203.0.113.10\"} | nexthop_ip | required",
                "{\"vip_ip\":null,\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | null",
                "{\"vip_ip\":7,\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | not a number",
                "{\"vip_ip\":[\"203.0.113.10\"],\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | not a list",
                "{\"vip_ip\":\"\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | empty",
                "{\"vip_ip\":\"203.0.113.10/32\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | prefix length",
                "{\"vip_ip\":\"224.0.0.1\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | multicast",
                "{\"vip_ip\":\"127.0.0.1\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | loopback",
                "{\"vip_ip\":\"0.0.0.0\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | unspecified",
                "{\"vip_ip\":\"fe80::1\",\"nexthop_ip\":\"2001:db8::1\"} | vip_ip | link-local",
                "{\"vip_ip\":\"2001:db8::10\",\"nexthop_ip\":\"10.20.0.11\"} | nexthop_ip | RFC 8950",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":\"\"} | peer_id | empty",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":\"x\"} | peer_id | tor1",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"colour\":\"red\"} | colour | known are",
                "{\"vip_ip\":true,\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | not true",
                "{\"vip_ip\":{},\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | not an object",
                "{\"vip_ip\":\"169.254.0.1\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | link-local",
                "{\"vip_ip\":\"ff02::1\",\"nexthop_ip\":\"2001:db8::1\"} | vip_ip | multicast",
                "{\"vip_ip\":\"::1\",\"nexthop_ip\":\"2001:db8::1\"} | vip_ip | loopback",
                "{\"vip_ip\":\"::\",\"nexthop_ip\":\"2001:db8::1\"} | vip_ip | unspecified",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":null} | nexthop_ip | null",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11/24\"} | nexthop_ip | prefix length",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"224.0.0.1\"} | nexthop_ip | multicast",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":null} | peer_id | null",
                "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":5} | peer_id | not a number",
                "{\"vip_ip\":\"203.0.113.10\",\"vip_ip\":\"203.0.113.11\",\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | twice",
            })
    void register_ofBadInput_namesFieldAndRuleAndChangesNothing(String body, String field, String word)
            throws Exception {
        Api.Answer answer = api.put(AMPHORA, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode json = answer.json();
        assertThat(json.get("message").textValue()).isEqualTo("Invalid request");
        assertThat(json.get("field").textValue()).isEqualTo(field);
        assertThat(json.get("rule").textValue()).contains(word);
        assertThat(json.get("details").textValue()).contains(field).contains(word);
        assertThat(json.get("errors")).hasSize(1);
        assertThat(api.fake.registered).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT | amphorae/a_b | {\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\"} | amphora_id | a_b | letters",
                "PUT | vips/203.0.113.10%2F32 | {\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | 203.0.113.10/32 | prefix length",
                "PUT | vips/224.0.0.1 | {\"nexthop_ip\":\"10.20.0.11\"} | vip_ip | 224.0.0.1 | multicast",
                "PUT | vips/fe80::1 | {\"nexthop_ip\":\"2001:db8::1\"} | vip_ip | fe80::1 | link-local",
                "PUT | vips/2001:db8::10 | {\"nexthop_ip\":\"10.20.0.11\"} | nexthop_ip | 10.20.0.11 | RFC 8950",
                "PUT | vips/203.0.113.10 | {\"nexthop_ip\":\"127.0.0.1\"} | nexthop_ip | 127.0.0.1 | loopback",
                "PUT | vips/203.0.113.10 | {\"nexthop_ip\":\"10.20.0.11\",\"peer_id\":\"a/b\"} | peer_id | a/b | must be",
                "DELETE | amphorae/a?vip_ip=203.0.113.10%2F32&nexthop_ip=10.20.0.11 | `` | vip_ip | 203.0.113.10/32 | prefix length",
                "DELETE | amphorae/a?vip_ip=203.0.113.10&nexthop_ip=x | `` | nexthop_ip | x | literal",
                "DELETE | amphorae/a?vip_ip=203.0.113.10&nexthop_ip=10.20.0.11&peer_id= | `` | peer_id | `` | empty",
                "DELETE | vips/0.0.0.0?nexthop_ip=10.20.0.11 | `` | vip_ip | 0.0.0.0 | unspecified",
            })
    void badPathOrQuery_ofAnyRegistration_namesFieldValueAndRuleAndChangesNothing(
            String method, String path, String body, String field, String value, String word) throws Exception {
        api.put(AMPHORA, GOOD);

        Api.Answer answer =
                api.call(method, "/1.0/distributor/" + path, "application/json", body.isEmpty() ? null : body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("field").textValue()).isEqualTo(field);
        assertThat(answer.json().get("value").textValue()).isEqualTo(value);
        assertThat(answer.json().get("rule").textValue()).contains(word);
        assertThat(api.fake.registered).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vip_ip", "nexthop_ip", "peer_id", "colour"})
    void register_ofATooLongValue_isRefusedAndDoesNotEchoIt(String field) throws Exception {
        Map<String, String> body = new HashMap<>(Map.of("vip_ip", "203.0.113.10", "nexthop_ip", "10.20.0.11"));
        body.put(field, "x".repeat(100_000));

        Api.Answer answer = api.put(AMPHORA, new ObjectMapper().writeValueAsString(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").textValue()).isEqualTo(field);
        assertThat(answer.text()).hasSizeLessThan(2_000);
        assertThat(api.fake.registered).isEmpty();
    }

    @Test
    void register_withSeveralFaults_listsThemAll() throws Exception {
        JsonNode json = api.put(AMPHORA, "{\"vip_ip\":7,\"nexthop_ip\":\"\",\"peer_id\":null,\"colour\":1}")
                .json();

        assertThat(json.get("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("colour", "vip_ip", "peer_id", "nexthop_ip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"vip_ip\": \"203.0.| line 1 column",
                "{} {}| one valid JSON",
                "[]| not a list",
                "\"text\"| not a text",
                "``| empty",
                "{'vip_ip':1}| JSON",
            })
    void register_ofNoJsonObject_saysWhereAndNotWhat(String body, String word) throws Exception {
        Api.Answer answer = api.put(AMPHORA, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("code").textValue()).isEqualTo("malformed_json");
        assertThat(answer.json().get("details").textValue()).contains(word).doesNotContain("203.0");
    }

    @Test
    void register_ofDeeplyNestedJson_isRefused() throws Exception {
        assertThat(api.put(AMPHORA, "{\"vip_ip\":" + "[".repeat(100_000)).status())
                .isEqualTo(400);
    }

    @Test
    void register_ofABodyOverTheLimit_is413() throws Exception {
        Api.Answer answer = api.put(AMPHORA, "{\"vip_ip\":\"" + "x".repeat(10_000_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("code").textValue()).isEqualTo("too_large");
    }

    @Test
    void register_withoutContentType_isTakenForJson() throws Exception {
        assertThat(api.call("PUT", AMPHORA, null, GOOD).status()).isEqualTo(200);
    }

    @Test
    void register_withAnotherContentType_is415() throws Exception {
        Api.Answer answer = api.call("PUT", AMPHORA, "text/plain", GOOD);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().get("code").textValue()).isEqualTo("unsupported_media_type");
    }

    @Test
    void register_ofASecondNextHop_is409NamingTheFirst() throws Exception {
        api.put(AMPHORA, GOOD);

        Api.Answer answer = api.put(AMPHORA, "{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.99\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("details").textValue()).contains("10.20.0.11");
    }

    @Test
    void register_withoutTheCore_is503() throws Exception {
        api.ports.distributor().unbind(api.fake);

        Api.Answer answer = api.put(AMPHORA, GOOD);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").textValue()).isEqualTo("not_ready");
    }

    @Test
    void register_whenNotReady_is503() throws Exception {
        api.fake.next = CompletableFuture.completedStage(Outcome.refused(Refusal.notReady("the profile is invalid")));

        Api.Answer answer = api.put(AMPHORA, GOOD);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("details").textValue()).isEqualTo("the profile is invalid");
    }

    @Test
    void register_whenTheStoreFails_is503() throws Exception {
        api.fake.next = CompletableFuture.failedStage(new StoreException("disk full", new Exception()));

        assertThat(api.put(AMPHORA, GOOD).json().get("code").textValue()).isEqualTo("store_unavailable");
    }

    @Test
    void register_whenTheCoreHasABug_is500AndTellsNothingOfIt() throws Exception {
        api.fake.next = CompletableFuture.failedStage(new IllegalStateException("inner secret"));

        Api.Answer answer = api.put(AMPHORA, GOOD);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("inner secret");
    }

    @Test
    void unregister_ofWhatIsThere_answersTheWithdrawal() throws Exception {
        api.put(AMPHORA, GOOD);

        Api.Answer answer = api.delete(AMPHORA + "?vip_ip=203.0.113.10&nexthop_ip=10.20.0.11");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/peers/0/state").textValue()).isEqualTo("withdrawn");
        assertThat(api.fake.registered).isEmpty();
    }

    @Test
    void unregister_ofAnotherNextHop_is404WithTheCodeForDrivers() throws Exception {
        api.put(AMPHORA, GOOD);

        Api.Answer answer = api.delete(AMPHORA + "?vip_ip=203.0.113.10&nexthop_ip=10.20.0.99");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("code").textValue()).isEqualTo("registration_not_found");
        assertThat(api.fake.registered).hasSize(1);
    }

    @Test
    void unregister_withAMistypedParameter_isRefused() throws Exception {
        api.put(AMPHORA, GOOD);

        Api.Answer answer = api.delete(AMPHORA + "?vip_ip=203.0.113.10&nexthop_ip=10.20.0.11&peer=tor1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").textValue()).isEqualTo("peer");
        assertThat(api.fake.registered).hasSize(1);
    }

    @Test
    void unregister_withoutParameters_namesWhatIsMissing() throws Exception {
        assertThat(api.delete(AMPHORA).json().get("errors").findValuesAsText("field"))
                .containsExactly("vip_ip", "nexthop_ip");
    }

    @Test
    void list_inPages_followsTheLinksToTheEnd() throws Exception {
        for (int i = 1; i <= 5; i++) {
            api.put(AMPHORA, "{\"vip_ip\":\"203.0.113." + i + "\",\"nexthop_ip\":\"10.20.0.11\"}");
        }

        String path = "/1.0/distributor/amphorae?limit=2";
        StringBuilder seen = new StringBuilder();
        for (int pages = 0; path != null; pages++) {
            assertThat(pages).isLessThan(3);
            JsonNode page = api.get(path).json();
            page.get("amphorae")
                    .forEach(r -> seen.append(r.get("vip_ip").textValue()).append(' '));
            path = page.at("/links/0/href").textValue();
        }
        assertThat(seen.toString()).isEqualTo("203.0.113.1 203.0.113.2 203.0.113.3 203.0.113.4 203.0.113.5 ");
    }

    @Test
    void list_withABadLimit_isRefused() throws Exception {
        for (String limit : new String[] {"0", "10001", "x", "", "-1", "99999999999"}) {
            assertThat(api.get("/1.0/distributor/amphorae?limit=" + limit).status())
                    .as(limit)
                    .isEqualTo(400);
        }
    }

    @Test
    void list_withAMarkerThatIsNone_isRefused() throws Exception {
        for (String list : new String[] {"amphorae", "vips"}) {
            Api.Answer answer = api.get("/1.0/distributor/" + list + "?marker=zzz");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("field").textValue()).isEqualTo("marker");
        }
    }

    @Test
    void semicolonInThePath_isRefused_andNotCutOff() throws Exception {
        assertThat(api.put("/1.0/distributor/amphorae/a;b", GOOD).status()).isEqualTo(400);
        assertThat(api.get("/1.0/distributor/amphorae").json().get("amphorae")).isEmpty();
    }

    @Test
    void show_ofOneAmphora_givesItsRowsOnly() throws Exception {
        api.put(AMPHORA, GOOD);
        api.put("/1.0/distributor/amphorae/other", "{\"vip_ip\":\"203.0.113.11\",\"nexthop_ip\":\"10.20.0.11\"}");

        assertThat(api.get(AMPHORA).json().get("amphorae")).hasSize(1);
        assertThat(api.get("/1.0/distributor/amphorae/nobody")
                        .json()
                        .get("code")
                        .textValue())
                .isEqualTo("registration_not_found");
    }

    @Test
    void vip_registeredListedAndUnregistered_isKeptApartFromAmphorae() throws Exception {
        assertThat(api.put("/1.0/distributor/vips/2001:db8::10", "{\"nexthop_ip\":\"2001:db8:1::1\"}")
                        .text())
                .contains("\"vip_ip\":\"2001:db8::10\"")
                .doesNotContain("amphora_id");
        assertThat(api.get("/1.0/distributor/vips").json().get("vips")).hasSize(1);
        assertThat(api.get("/1.0/distributor/vips/2001:db8:0::10").json().get("vips"))
                .hasSize(1);
        assertThat(api.get("/1.0/distributor/amphorae").json().get("amphorae")).isEmpty();
        assertThat(api.delete("/1.0/distributor/vips/2001:db8::10?nexthop_ip=2001:db8:1::1")
                        .status())
                .isEqualTo(200);
        assertThat(api.fake.registered).isEmpty();
    }

    @Test
    void bulk_ofManyRows_isDoneInOneCall() throws Exception {
        String rows = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"amphora_id\":\"a\",\"vip_ip\":\"203.1." + i / 250 + "." + (i % 250 + 1)
                        + "\",\"nexthop_ip\":\"10.20.0.11\"}")
                .collect(Collectors.joining(",", "{\"registrations\":[", "]}"));

        assertThat(api.put("/1.0/distributor/registrations", rows).json().get("registrations"))
                .hasSize(1000);
        JsonNode removed = api.post(
                        "/1.0/distributor/registrations/remove",
                        rows.replace("[{", "[{\"vip_ip\":\"203.0.113.1\",\"nexthop_ip\":\"10.20.0.11\"},{"))
                .json();
        assertThat(removed.get("removed")).hasSize(1000);
        assertThat(removed.get("absent")).hasSize(1);
    }

    @Test
    void bulk_withBadRows_namesEachAndDoesNothing() throws Exception {
        String body = "{\"registrations\":[{\"vip_ip\":\"203.0.113.1\",\"nexthop_ip\":\"10.20.0.11\"},"
                + "{\"vip_ip\":\"x\",\"nexthop_ip\":\"10.20.0.11\",\"a\":1},3]}";

        JsonNode json = api.put("/1.0/distributor/registrations", body).json();

        assertThat(json.get("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("registrations[1].a", "registrations[1].vip_ip", "registrations[2]");
        assertThat(api.fake.registered).isEmpty();
    }

    @Test
    void drain_untilItIsMade_saysSo() throws Exception {
        assertThat(api.put(AMPHORA + "/drain", "{}").json().get("code").textValue())
                .isEqualTo("unsupported");
    }
}
