// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileApiTest {
    private static final String PROFILE = "/1.0/distributor/profile";
    private static final String VALIDATE = "/1.0/distributor/validate";
    private static final String GOOD = "{\"speakers\":[{\"ip_version\":4,\"local_as\":64512,\"service_type\":"
            + "\"distributor\",\"allowed_vip_prefixes\":[\"203.0.113.0/24\",\"2001:db8::/64\"],\"peers\":["
            + "{\"name\":\"tor1\",\"peer_ip\":\"10.10.10.1\",\"remote_as\":4200000000,\"md5\":true,\"ttl_hops\":1,"
            + "\"hold_time\":90,\"keepalive_interval\":30,\"families\":[\"ipv4\",\"ipv6\"]}]}]}";

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
    void profile_putAndReadBack_isTheSameAndTakenAgain() throws Exception {
        assertThat(api.put(PROFILE, GOOD).json().at("/changes/0/effect").textValue())
                .isEqualTo("reset");

        Api.Answer shown = api.get(PROFILE);

        assertThat(shown.text())
                .contains("\"md5\":true")
                .doesNotContain("s3cret")
                .doesNotContain("password");
        JsonNode speaker = shown.json().at("/speakers/0");
        assertThat(speaker.get("name").textValue()).isEqualTo("default");
        assertThat(speaker.at("/peers/0/remote_as").longValue()).isEqualTo(4200000000L);
        assertThat(speaker.at("/allowed_vip_prefixes/1").textValue()).isEqualTo("2001:db8::/64");
        ObjectNode again = new ObjectMapper().createObjectNode();
        again.set("speakers", shown.json().get("speakers"));
        assertThat(api.put(PROFILE, again.toString()).status()).isEqualTo(200);
        assertThat(api.get(PROFILE).json()).isEqualTo(shown.json());
    }

    @Test
    void speakers_listed_joinProfileAndSessions() throws Exception {
        api.put(PROFILE, GOOD);

        JsonNode speaker = api.get("/1.0/distributor/speakers").json().at("/speakers/0");

        assertThat(speaker.get("router_id").textValue()).isEqualTo("10.10.10.21");
        assertThat(speaker.get("established").intValue()).isEqualTo(1);
        assertThat(speaker.at("/peers/0").textValue()).isEqualTo("tor1");
    }

    @Test
    void profile_withoutAny_showsNoSpeakers() throws Exception {
        assertThat(api.get(PROFILE).text()).isEqualTo("{\"origin\":\"none\",\"speakers\":[],\"faults\":[]}");
    }

    @Test
    void profile_dropped_isGone() throws Exception {
        api.put(PROFILE, GOOD);

        assertThat(api.delete(PROFILE).text()).isEqualTo("{\"changes\":[]}");
        assertThat(api.profile.profile).isNull();
    }

    @Test
    void validate_withSeveralBrokenRules_listsThemAll() throws Exception {
        String bad = GOOD.replace("64512", "0")
                .replace("\"hold_time\":90", "\"hold_time\":2")
                .replace("\"ttl_hops\":1", "\"ttl_hops\":255");

        Api.Answer answer = api.post(VALIDATE, bad);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsText("field"))
                .contains("[l3_bgp_speaker] local_as", "[l3_bgp_peer:tor1] hold_time", "[l3_bgp_peer:tor1] ttl_hops");
        assertThat(api.profile.profile).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "64512, 0, local_as",
        "64512, 23456, local_as",
        "64512, 4294967296, local_as",
        "\"hold_time\":90, \"hold_time\":1, hold_time",
        "\"hold_time\":90, \"hold_time\":2, hold_time",
        "\"ttl_hops\":1, \"ttl_hops\":0, ttl_hops",
        "\"ttl_hops\":1, \"ttl_hops\":255, ttl_hops",
    })
    void profile_withABrokenRule_isRefusedNamingTheKeyAndChangesNothing(String good, String bad, String key)
            throws Exception {
        Api.Answer answer = api.put(PROFILE, GOOD.replace(good, bad));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("field").textValue()).endsWith(" " + key);
        assertThat(api.profile.profile).isNull();
    }

    @Test
    void profile_withTwoPeersOfOneAddress_isRefusedNamingBothAndChangesNothing() throws Exception {
        String second = ",{\"name\":\"tor2\",\"peer_ip\":\"10.10.10.1\",\"remote_as\":64513}]}]}";

        Api.Answer answer = api.put(PROFILE, GOOD.substring(0, GOOD.length() - "]}]}".length()) + second);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode error = answer.json();
        assertThat(error.get("field").textValue()).isEqualTo("[l3_bgp_peer:tor2] peer_ip");
        assertThat(error.get("value").textValue()).isEqualTo("10.10.10.1");
        assertThat(error.get("rule").textValue()).contains("tor1");
        assertThat(api.profile.profile).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | speakers | required",
                "{\"speakers\":null} | speakers | null",
                "{\"speakers\":{}} | speakers | not an object",
                "{\"speakers\":[1]} | speakers[0] | not a number",
                "{\"speakers\":[{\"local_as\":\"64512\"}]} | speakers[0].local_as | not a text",
                "{\"speakers\":[{\"local_as\":64512.0}]} | speakers[0].local_as | whole number",
                "{\"speakers\":[{\"colour\":1}]} | speakers[0].colour | known are",
                "{\"speakers\":[{\"peers\":[{}]}]} | speakers[0].peers[0].name | required",
                "{\"speakers\":[{\"peers\":[{\"name\":\"a\",\"passive\":\"yes\"}]}]} | speakers[0].peers[0].passive | true or false",
                "{\"speakers\":[{\"peers\":[{\"name\":\"a\",\"families\":[4]}]}]} | speakers[0].families[0] | text",
            })
    void validate_ofWrongTypes_namesThePlace(String body, String field, String word) throws Exception {
        Api.Answer answer = api.post(VALIDATE, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        String place = field.replace("[0].families", "[0].peers[0].families");
        assertThat(answer.json().get("field").textValue()).isEqualTo(place);
        assertThat(answer.json().get("rule").textValue()).contains(word);
    }

    @ParameterizedTest
    @CsvSource({"md5_password", "password", "auth_key", "secret", "md5_pasword"})
    void profile_thatCarriesAPassword_isRefusedWithoutShowingIt(String key) throws Exception {
        Api.Answer answer = api.put(PROFILE, GOOD.replace("\"md5\":true", "\"" + key + "\":\"hunter2\""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").textValue()).isEqualTo("secret_refused");
        assertThat(answer.json().get("field").textValue()).isEqualTo("speakers[0].peers[0]." + key);
        assertThat(answer.text()).doesNotContain("hunter2");
    }

    @Test
    void profile_withoutItsService_is503() throws Exception {
        api.ports.profile().unbind(api.profile);

        assertThat(api.get(PROFILE).status()).isEqualTo(503);
        assertThat(api.get("/1.0/details").status()).isEqualTo(200);
        api.ports.profile().bind(api.profile);
    }
}
