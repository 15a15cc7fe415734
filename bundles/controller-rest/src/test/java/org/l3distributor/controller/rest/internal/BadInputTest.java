// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.l3distributor.controller.rest.internal.http.Callers;

/**
 * Every field of every create, wrong in every way that its kind can be: missing, null, of another type, out of range, too
 * long, unknown. Each answer is one fault in Octavia's form that names the field, and the value where there is one.
 */
class BadInputTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LONG = "x".repeat(256);
    private static final String LB = "b0000000-0000-4000-8000-000000000001";
    private static Api api;
    private static String lb;
    private static String pool;

    /** What a field is; each kind knows what it can't be. */
    private enum Kind {
        TEXT("[1]", "{}", "1.5", '"' + LONG + '"', "\"a\\u0000b\""),
        NAME("[1]", "{}", "1", '"' + "x".repeat(65) + '"', "\"a b\"", "\"\""),
        LINE("[1]", "{}", '"' + LONG + '"', "\"a\\nb\""),
        FLAG("\"perhaps\"", "2", "[]", "{}", '"' + LONG + '"'),
        UUID("\"front4\"", "1", "[]", "{}", "\"\"", '"' + LONG + '"'),
        ADDRESS("\"999.1.1.1\"", "\"10.0.0.0/8\"", "1", "[]", "\"\"", '"' + LONG + '"'),
        NUMBER("\"x\"", "1.5", "[]", "{}", "-2", "9223372036854775808", "1e400", '"' + LONG + '"'),
        WORD("\"NONSENSE\"", "1", "[]", "{}", "\"\"", '"' + LONG + '"'),
        LIST("\"x\"", "1", "{}", "[1]", "[null]", "[\"" + LONG + "\"]"),
        OBJECT("\"x\"", "1", "[]", "{\"nonsense\":1}"),
        OBJECTS("\"x\"", "1", "{}", "[1]", "[{\"nonsense\":1}]"),
        PREFIXES("\"x\"", "1", "{}", "[1]", "[\"10.0.0.0/33\"]", "[\"x\"]");

        final List<String> wrong;

        Kind(String... wrong) {
            this.wrong = List.of(wrong);
        }
    }

    /** A call that makes something: a good body, and what its fields are. */
    private record Create(String path, String root, String good, Set<String> mandatory, Map<String, Kind> fields) {}

    private static List<Create> creates() {
        return List.of(
                new Create(
                        "/v2/lbaas/loadbalancers",
                        "loadbalancer",
                        "{\"vip_subnet_id\":\"" + Api.FRONT4 + "\"}",
                        Set.of("vip_subnet_id"),
                        Map.ofEntries(
                                Map.entry("name", Kind.TEXT),
                                Map.entry("description", Kind.TEXT),
                                Map.entry("admin_state_up", Kind.FLAG),
                                Map.entry("project_id", Kind.TEXT),
                                Map.entry("tenant_id", Kind.TEXT),
                                Map.entry("vip_subnet_id", Kind.UUID),
                                Map.entry("vip_network_id", Kind.UUID),
                                Map.entry("vip_address", Kind.ADDRESS),
                                Map.entry("additional_vips", Kind.OBJECTS),
                                Map.entry("frontend_network_id", Kind.UUID),
                                Map.entry("frontend_subnet_id", Kind.UUID),
                                Map.entry("amphora_count", Kind.NUMBER),
                                Map.entry("provider", Kind.WORD),
                                Map.entry("tags", Kind.LIST))),
                new Create(
                        "/v2/lbaas/listeners",
                        "listener",
                        "{\"loadbalancer_id\":\"" + LB + "\",\"protocol\":\"HTTP\",\"protocol_port\":8080}",
                        Set.of("loadbalancer_id", "protocol", "protocol_port"),
                        Map.ofEntries(
                                Map.entry("name", Kind.TEXT),
                                Map.entry("description", Kind.TEXT),
                                Map.entry("admin_state_up", Kind.FLAG),
                                Map.entry("loadbalancer_id", Kind.UUID),
                                Map.entry("protocol", Kind.WORD),
                                Map.entry("protocol_port", Kind.NUMBER),
                                Map.entry("connection_limit", Kind.NUMBER),
                                Map.entry("default_pool_id", Kind.UUID),
                                Map.entry("insert_headers", Kind.OBJECT),
                                Map.entry("timeout_client_data", Kind.NUMBER),
                                Map.entry("timeout_member_connect", Kind.NUMBER),
                                Map.entry("timeout_member_data", Kind.NUMBER),
                                Map.entry("timeout_tcp_inspect", Kind.NUMBER),
                                Map.entry("allowed_cidrs", Kind.PREFIXES),
                                Map.entry("tags", Kind.LIST))),
                new Create(
                        "/v2/lbaas/pools",
                        "pool",
                        "{\"loadbalancer_id\":\"" + LB + "\",\"protocol\":\"HTTP\",\"lb_algorithm\":\"ROUND_ROBIN\"}",
                        Set.of("loadbalancer_id", "protocol", "lb_algorithm"),
                        Map.ofEntries(
                                Map.entry("name", Kind.TEXT),
                                Map.entry("description", Kind.TEXT),
                                Map.entry("admin_state_up", Kind.FLAG),
                                Map.entry("loadbalancer_id", Kind.UUID),
                                Map.entry("listener_id", Kind.UUID),
                                Map.entry("protocol", Kind.WORD),
                                Map.entry("lb_algorithm", Kind.WORD),
                                Map.entry("session_persistence", Kind.OBJECT),
                                Map.entry("tags", Kind.LIST))),
                new Create(
                        "/v2/lbaas/pools/POOL/members",
                        "member",
                        "{\"address\":\"10.0.0.1\",\"protocol_port\":80}",
                        Set.of("address", "protocol_port"),
                        Map.ofEntries(
                                Map.entry("name", Kind.TEXT),
                                Map.entry("admin_state_up", Kind.FLAG),
                                Map.entry("address", Kind.ADDRESS),
                                Map.entry("protocol_port", Kind.NUMBER),
                                Map.entry("weight", Kind.NUMBER),
                                Map.entry("backup", Kind.FLAG),
                                Map.entry("subnet_id", Kind.UUID),
                                Map.entry("monitor_address", Kind.ADDRESS),
                                Map.entry("monitor_port", Kind.NUMBER),
                                Map.entry("tags", Kind.LIST))),
                new Create(
                        "/v2/lbaas/healthmonitors",
                        "healthmonitor",
                        "{\"pool_id\":\"POOL\",\"type\":\"HTTP\",\"delay\":5,\"timeout\":3,\"max_retries\":3}",
                        Set.of("pool_id", "type", "delay", "timeout", "max_retries"),
                        Map.ofEntries(
                                Map.entry("name", Kind.TEXT),
                                Map.entry("admin_state_up", Kind.FLAG),
                                Map.entry("pool_id", Kind.UUID),
                                Map.entry("type", Kind.WORD),
                                Map.entry("delay", Kind.NUMBER),
                                Map.entry("timeout", Kind.NUMBER),
                                Map.entry("max_retries", Kind.NUMBER),
                                Map.entry("max_retries_down", Kind.NUMBER),
                                Map.entry("http_method", Kind.WORD),
                                Map.entry("url_path", Kind.WORD),
                                Map.entry("expected_codes", Kind.WORD),
                                Map.entry("http_version", Kind.NUMBER),
                                Map.entry("tags", Kind.LIST))),
                new Create(
                        "/v2/octavia/distributors",
                        "distributor",
                        "{\"name\":\"d\"}",
                        Set.of(),
                        Map.of(
                                "name", Kind.TEXT,
                                "distributor_type", Kind.WORD,
                                "topology", Kind.WORD,
                                "redundancy", Kind.NUMBER)),
                new Create(
                        "/v2/octavia/bgp/speakers",
                        "speaker",
                        "{\"name\":\"s\",\"ip_version\":4,\"local_as\":64512}",
                        Set.of("name", "ip_version", "local_as"),
                        Map.of(
                                "name", Kind.NAME,
                                "description", Kind.LINE,
                                "ip_version", Kind.NUMBER,
                                "local_as", Kind.NUMBER,
                                "allowed_vip_prefixes", Kind.PREFIXES)),
                new Create(
                        "/v2/octavia/bgp/peers",
                        "peer",
                        "{\"name\":\"p\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":64512}",
                        Set.of("name", "peer_ip", "remote_as"),
                        Map.ofEntries(
                                Map.entry("name", Kind.NAME),
                                Map.entry("description", Kind.LINE),
                                Map.entry("peer_ip", Kind.ADDRESS),
                                Map.entry("remote_as", Kind.NUMBER),
                                Map.entry("auth_type", Kind.WORD),
                                Map.entry("ttl_hops", Kind.NUMBER),
                                Map.entry("hold_time", Kind.NUMBER),
                                Map.entry("keepalive_interval", Kind.NUMBER),
                                Map.entry("families", Kind.LIST),
                                Map.entry("add_path", Kind.FLAG),
                                Map.entry("passive", Kind.FLAG),
                                Map.entry("enabled", Kind.FLAG))),
                new Create(
                        "/v2/networks",
                        "network",
                        "{\"name\":\"n\"}",
                        Set.of(),
                        Map.of(
                                "id", Kind.UUID,
                                "name", Kind.TEXT,
                                "mtu", Kind.NUMBER,
                                "router:external", Kind.FLAG)),
                new Create(
                        "/v2/subnets",
                        "subnet",
                        "{\"network_id\":\"" + Api.FRONT + "\",\"cidr\":\"198.51.100.0/24\"}",
                        Set.of("network_id", "cidr"),
                        Map.of(
                                "id", Kind.UUID,
                                "name", Kind.TEXT,
                                "network_id", Kind.UUID,
                                "cidr", Kind.WORD,
                                "gateway_ip", Kind.ADDRESS,
                                "host_routes", Kind.OBJECTS)));
    }

    /**
     * @param field whose name the fault must have
     * @param why what is wrong with it
     */
    record Case(String path, String field, String body, String why) {
        @Override
        public String toString() {
            return path + " " + field + " " + why;
        }
    }

    static Stream<Case> cases() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (Create create : creates()) {
            for (Map.Entry<String, Kind> field : create.fields().entrySet()) {
                for (String wrong : field.getValue().wrong) {
                    cases.add(bad(create, field.getKey(), wrong));
                }
            }
            for (String field : create.mandatory()) {
                ObjectNode without = object(create.good());
                without.remove(field);
                cases.add(new Case(create.path(), field, wrap(create, without), "missing"));
                ObjectNode empty = object(create.good());
                empty.set(field, NullNode.instance);
                cases.add(new Case(create.path(), field, wrap(create, empty), "null"));
            }
            cases.add(bad(create, "nonsense", "1"));
            cases.add(new Case(create.path(), create.root(), "{}", "nothing"));
            cases.add(new Case(create.path(), create.root(), "{\"" + create.root() + "\":null}", "null"));
            cases.add(new Case(create.path(), create.root(), "{\"" + create.root() + "\":[]}", "a list"));
            cases.add(new Case(create.path(), "other", "{\"other\":{},\"" + create.root() + "\":{}}", "another root"));
        }
        return cases.stream();
    }

    /** A number that JSON can't hold as one is put in as text, which JSON's reader then judges. */
    private static Case bad(Create create, String field, String wrong) throws Exception {
        ObjectNode body = object(create.good());
        body.put(field, "@");
        String text = wrap(create, body).replace("\"@\"", wrong);
        return new Case(create.path(), field, text, "= " + (wrong.length() > 40 ? wrong.length() + " bytes" : wrong));
    }

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) MAPPER.readTree(json);
    }

    private static String wrap(Create create, JsonNode body) throws Exception {
        return MAPPER.writeValueAsString(Map.of(create.root(), body));
    }

    @BeforeAll
    static void open() throws Exception {
        api = new Api(Callers.Mode.NONE);
        lb = api.made("loadbalancers", "loadbalancer", "\"vip_subnet_id\":\"" + Api.FRONT4 + "\"");
        pool = api.made(
                "pools",
                "pool",
                "\"loadbalancer_id\":\"" + lb + "\",\"protocol\":\"HTTP\",\"lb_algorithm\":\"ROUND_ROBIN\"");
    }

    @AfterAll
    static void close() throws Exception {
        api.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void field_thatIsWrong_isRefusedByName_andNothingIsMade(Case bad) throws Exception {
        String body = bad.body().replace(LB, lb).replace("POOL", pool);
        Api.Answer answer = api.post(bad.path().replace("POOL", pool), body);
        assertThat(answer.status()).as(body + " -> " + answer.text()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.json().path("faultcode").asText()).isEqualTo("Client");
        assertThat(answer.fault()).as(body).containsIgnoringCase(bad.field());
        assertThat(answer.text().length()).as("echoes at most a little of it").isLessThan(2_000);
        for (String list :
                List.of("loadbalancers", "listeners", "pools", "healthmonitors", "pools/" + pool + "/members")) {
            int there = list.equals("loadbalancers") || list.equals("pools") ? 1 : 0;
            String name = list.startsWith("pools/") ? "members" : list;
            assertThat(api.get("/v2/lbaas/" + list).json().path(name)).as(list).hasSize(there);
        }
    }
}
