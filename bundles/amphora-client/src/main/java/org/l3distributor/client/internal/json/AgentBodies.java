// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraDetails;
import org.l3distributor.client.AmphoraInfo;
import org.l3distributor.client.FrontEndPlug;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.FixedIp;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.distributor.amphora.PlugService.NetworkPlug;

/** The bodies of the calls that Octavia's own agent has; the fields of a front end of its own are ours. */
public final class AgentBodies {
    private AgentBodies() {}

    public static byte[] plug(FrontEndPlug plug) {
        ObjectNode body = Node.MAPPER
                .createObjectNode()
                .put("subnet_cidr", plug.subnet().toString())
                .put("gateway", text(plug.gateway()))
                .put("mac_address", plug.mac())
                .put("vrrp_ip", plug.frontendIp().toString());
        FrontEndPlug.FrontEnd frontEnd = plug.frontend();
        if (frontEnd != null) {
            body.put("frontend_subnet_cidr", frontEnd.subnet().toString());
            body.put("frontend_gateway", text(frontEnd.gateway()));
        }
        if (plug.mtu() != null) {
            body.put("mtu", plug.mtu());
        }
        body.set("host_routes", routes(plug.hostRoutes()));
        ArrayNode additional = body.putArray("additional_vips");
        plug.additional().forEach(vip -> additional.add(vip(vip)));
        return bytes(body);
    }

    private static ObjectNode vip(AdditionalVip vip) {
        ObjectNode row = Node.MAPPER
                .createObjectNode()
                .put("ip_address", vip.vip().toString())
                .put("subnet_cidr", vip.subnet().toString())
                .put("gateway", text(vip.gateway()));
        row.set("host_routes", routes(vip.hostRoutes()));
        if (vip.frontendIp() != null) {
            row.put("frontend_ip", vip.frontendIp().toString());
        }
        if (vip.frontendSubnet() != null) {
            row.put("frontend_subnet_cidr", vip.frontendSubnet().toString());
        }
        return row;
    }

    public static byte[] plug(NetworkPlug plug) {
        ObjectNode body = Node.MAPPER.createObjectNode().put("mac_address", plug.mac());
        if (plug.mtu() != null) {
            body.put("mtu", plug.mtu());
        }
        ArrayNode addresses = body.putArray("fixed_ips");
        plug.fixedIps().forEach(ip -> addresses.add(fixedIp(ip)));
        return bytes(body);
    }

    private static ObjectNode fixedIp(FixedIp ip) {
        ObjectNode row = Node.MAPPER
                .createObjectNode()
                .put("ip_address", ip.address().toString())
                .put("subnet_cidr", ip.subnet().toString())
                .put("gateway", text(ip.gateway()));
        row.set("host_routes", routes(ip.hostRoutes()));
        return row;
    }

    private static ArrayNode routes(List<HostRoute> routes) {
        ArrayNode rows = Node.MAPPER.createArrayNode();
        routes.forEach(route -> rows.addObject()
                .put("destination", route.destination().toString())
                .put("nexthop", route.nextHop().toString()));
        return rows;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return Node.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of texts and numbers
        }
    }

    public static String apiVersion(Node answer) throws Garbled {
        return answer.text("api_version");
    }

    public static AmphoraInfo info(Node answer) throws Garbled {
        return new AmphoraInfo(
                answer.text("hostname"), answer.text("api_version"), answer.textOrNull("haproxy_version"));
    }

    public static AmphoraDetails details(Node answer) throws Garbled {
        Node memory = answer.object("memory");
        return new AmphoraDetails(
                answer.text("hostname"),
                answer.textOrNull("haproxy_version"),
                (int) answer.number("haproxy_count"),
                (int) answer.numberOr("cpu_count", 0),
                new AmphoraDetails.Memory(
                        memory.number("total"),
                        memory.number("free"),
                        memory.number("buffers"),
                        memory.number("cached")),
                answer.texts("listeners"),
                answer.map(
                        "networks",
                        row -> new AmphoraDetails.Traffic(row.number("network_tx"), row.number("network_rx"))));
    }

    public static String md5(Node answer) throws Garbled {
        return answer.text("md5sum");
    }
}
