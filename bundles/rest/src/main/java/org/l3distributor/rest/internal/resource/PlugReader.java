// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.FixedIp;
import org.l3distributor.distributor.amphora.PlugService.NetworkPlug;
import org.l3distributor.distributor.amphora.PlugService.VipPlug;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.json.JsonText;
import org.l3distributor.rest.internal.wire.AgentBody;

/** From the bodies of the plug calls to what is to be plugged, in the words of Octavia's agent where it has some. */
final class PlugReader {
    private static final String BAD_VIP = "Invalid subnet information";
    private static final String BAD_NETWORK = "Invalid port information";
    private static final String BAD_RULES = "Invalid rules information";
    private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP", "VRRP");

    private final List<Fault> shape = new ArrayList<>();
    private final List<Fault> addresses = new ArrayList<>();
    private final List<Fault> frontEnd = new ArrayList<>();

    private PlugReader() {}

    /** @throws AgentRefused when there is no address */
    static IpAddress address(String what, String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw AgentRefused.with(
                    400, new AgentBody.Said("Invalid " + what + ": " + PlugFields.notAnAddress(text), null));
        }
    }

    static VipPlug vip(String vip, byte[] body) {
        return new PlugReader().readVip(vip, object(body, BAD_VIP));
    }

    private VipPlug readVip(String text, ObjectNode object) {
        PlugFields in = new PlugFields(object, "", shape);
        in.required("subnet_cidr");
        in.required("mac_address");
        if (!object.has("gateway")) {
            shape.add(Fault.invalid("gateway", null, "is required, and may be null"));
        }
        String mac = in.mac("mac_address");
        Integer mtu = in.mtu("mtu");
        IpPrefix vipSubnet = in.prefix("subnet_cidr", addresses);
        IpPrefix own = in.prefix("frontend_subnet_cidr", frontEnd);
        IpAddress gateway = in.address(own == null ? "gateway" : "frontend_gateway", frontEnd);
        IpAddress frontendIp = in.address("vrrp_ip", frontEnd);
        List<AdditionalVip> additional = additional(in);
        var routes = in.hostRoutes();
        refuse(BAD_VIP, shape);
        IpAddress vip = address("VIP", text);
        refuseAddresses("Invalid VIP: ", addresses);
        IpPrefix subnet = own == null ? Objects.requireNonNull(vipSubnet) : own;
        checkFrontEnd(vip, vipSubnet, frontendIp, subnet, gateway);
        return new VipPlug(
                vip,
                Objects.requireNonNull(mac),
                subnet,
                Objects.requireNonNull(frontendIp),
                gateway,
                mtu,
                routes,
                additional);
    }

    private void checkFrontEnd(
            IpAddress vip,
            @Nullable IpPrefix vipSubnet,
            @Nullable IpAddress frontendIp,
            IpPrefix subnet,
            @Nullable IpAddress gateway) {
        if (vipSubnet != null && vipSubnet.family() != vip.family()) {
            throw AgentRefused.with(
                    400, new AgentBody.Said("Invalid VIP: " + vip + " isn't of the IP version of " + vipSubnet, null));
        }
        if (frontendIp == null && frontEnd.isEmpty()) {
            frontEnd.add(Fault.invalid("vrrp_ip", null, "is required: the next hop of the VIP's routes"));
        }
        if (frontendIp != null && !subnet.contains(frontendIp)) {
            frontEnd.add(Fault.invalid("vrrp_ip", frontendIp.toString(), "must be in the subnet " + subnet));
        }
        if (frontendIp != null && frontendIp.equals(vip)) {
            frontEnd.add(Fault.invalid("vrrp_ip", frontendIp.toString(), "must not be the VIP"));
        }
        if (gateway != null && gateway.family() != subnet.family()) {
            frontEnd.add(Fault.invalid("gateway", gateway.toString(), "must be of the IP version of " + subnet));
        }
        refuseAddresses("Invalid VRRP Address: ", frontEnd);
    }

    private List<AdditionalVip> additional(PlugFields in) {
        List<AdditionalVip> vips = new ArrayList<>();
        for (PlugFields row : in.objects("additional_vips")) {
            row.required("ip_address");
            row.required("subnet_cidr");
            IpAddress vip = row.address("ip_address", addresses);
            IpPrefix subnet = row.prefix("subnet_cidr", addresses);
            IpAddress gateway = row.address("gateway", addresses);
            IpAddress frontendIp = row.address("frontend_ip", addresses);
            IpPrefix frontendSubnet = row.prefix("frontend_subnet_cidr", addresses);
            var routes = row.hostRoutes();
            if (vip == null || subnet == null) {
                continue;
            }
            if (vip.family() != subnet.family()) {
                row.fault(addresses, "ip_address", vip.toString(), "isn't of the IP version of " + subnet);
            }
            IpPrefix around = frontendSubnet == null ? subnet : frontendSubnet;
            if (frontendIp != null && (!around.contains(frontendIp) || frontendIp.family() != vip.family())) {
                row.fault(addresses, "frontend_ip", frontendIp.toString(), "must be in the subnet " + around);
            }
            vips.add(new AdditionalVip(vip, subnet, gateway, routes, frontendIp, frontendSubnet));
        }
        return vips;
    }

    static NetworkPlug network(byte[] body) {
        return new PlugReader().readNetwork(object(body, BAD_NETWORK));
    }

    private NetworkPlug readNetwork(ObjectNode object) {
        PlugFields in = new PlugFields(object, "", shape);
        in.required("mac_address");
        String mac = in.mac("mac_address");
        Integer mtu = in.mtu("mtu");
        List<FixedIp> fixedIps = new ArrayList<>();
        for (PlugFields row : in.objects("fixed_ips")) {
            row.required("ip_address");
            row.required("subnet_cidr");
            IpAddress address = row.address("ip_address", addresses);
            IpPrefix subnet = row.prefix("subnet_cidr", addresses);
            IpAddress gateway = row.address("gateway", addresses);
            var routes = row.hostRoutes();
            if (address != null && subnet != null && !subnet.contains(address)) {
                row.fault(addresses, "ip_address", address.toString(), "must be in the subnet " + subnet);
            } else if (address != null && subnet != null) {
                fixedIps.add(new FixedIp(address, subnet, gateway, routes));
            }
        }
        refuse(BAD_NETWORK, shape);
        if (!addresses.isEmpty()) {
            throw AgentRefused.with(400, new AgentBody.Said("Invalid network port", text(addresses)));
        }
        return new NetworkPlug(Objects.requireNonNull(mac), fixedIps, mtu);
    }

    /** Checks the rules of an interface; nothing is made of them. */
    static void rules(byte[] body) {
        List<Fault> faults = new ArrayList<>();
        JsonNode rules;
        try {
            rules = JsonText.value(body);
        } catch (Refused e) {
            throw AgentRefused.badRequest(BAD_RULES, text(e.faults()));
        }
        if (!rules.isArray()) {
            throw AgentRefused.badRequest(BAD_RULES, "the body must be a JSON list of rules");
        }
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "[" + i + "]", faults);
        }
        refuse(BAD_RULES, faults);
    }

    private static void rule(JsonNode rule, String path, List<Fault> faults) {
        boolean known = rule.isObject() && rule.size() == 3;
        if (!known || !rule.has("protocol") || !rule.has("cidr") || !rule.has("port")) {
            faults.add(Fault.invalid(path, null, "must be an object of protocol, cidr and port, and nothing else"));
            return;
        }
        if (!PROTOCOLS.contains(rule.get("protocol").asText())) {
            faults.add(Fault.invalid(
                    path + ".protocol", rule.get("protocol").toString(), "must be TCP, UDP, SCTP or VRRP"));
        }
        if (!rule.get("cidr").isNull() && !rule.get("cidr").isTextual()) {
            faults.add(Fault.invalid(path + ".cidr", rule.get("cidr").toString(), "must be a text or null"));
        }
        JsonNode port = rule.get("port");
        if (!port.canConvertToInt() || !port.isIntegralNumber() || port.intValue() < 1 || port.intValue() > 65535) {
            faults.add(Fault.invalid(path + ".port", port.toString(), "must be a whole number 1..65535"));
        }
    }

    private static ObjectNode object(byte[] body, String description) {
        try {
            return JsonText.object(body);
        } catch (Refused e) {
            throw AgentRefused.badRequest(description, text(e.faults()));
        }
    }

    private static void refuse(String description, List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw AgentRefused.badRequest(description, text(faults));
        }
    }

    /** With the first fault in the message, as Octavia's agent has it, and all of them in the details. */
    private static void refuseAddresses(String before, List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw AgentRefused.with(
                    400, new AgentBody.Said(before + faults.get(0).rule(), text(faults)));
        }
    }

    private static String text(List<Fault> faults) {
        return faults.stream().limit(20).map(Fault::text).collect(Collectors.joining("; "));
    }
}
