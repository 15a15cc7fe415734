// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.FrontEndPlug;
import org.l3distributor.client.FrontEndPlug.FrontEnd;
import org.l3distributor.client.PlugEnd;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** An amphora's front end: its port put into the machine, and told to the amphora with the VIPs. */
final class Plugs {
    private final ComputeDriver compute;
    private final NetworkDriver network;
    private final AmphoraClient client;

    Plugs(ComputeDriver compute, NetworkDriver network, AmphoraClient client) {
        this.compute = compute;
        this.network = network;
        this.client = client;
    }

    CompletionStage<Result> plug(Effect.Plug plug, Answers answers) {
        String portId = plug.amphora().frontend().portId();
        String subnetId = plug.amphora().frontend().subnetId();
        if (portId == null || subnetId == null) {
            return answers.now(new Result.Never(plug, "it has no front-end port"));
        }
        return answers.then(
                network.port(portId),
                port -> port.isEmpty()
                        ? answers.now(new Result.Never(plug, "its front-end port is gone"))
                        : answers.then(
                                compute.attach(plug.amphora().id(), port.get()),
                                instance -> answers.then(
                                        network.subnet(subnetId),
                                        frontend -> answers.then(
                                                network.subnet(plug.loadBalancer()
                                                        .vip()
                                                        .subnetId()),
                                                vip -> answers.then(
                                                        second(plug, port.get()),
                                                        second -> tell(
                                                                plug, port.get(), frontend, vip, second, answers))))));
    }

    /** The subnet of the second front-end address, where there is one. */
    private CompletionStage<Outcome<Optional<Subnet>>> second(Effect.Plug plug, Port port) {
        IpAddress second = plug.amphora().frontend().secondIp();
        return port.addresses().stream()
                .filter(ip -> ip.address().equals(second))
                .findFirst()
                .map(ip -> network.subnet(ip.subnetId()))
                .orElseGet(() -> CompletableFuture.completedFuture(Outcome.done(Optional.empty())));
    }

    /** A 400 says that the amphora can't do what it is told, and a 409 that it does something else. */
    private CompletionStage<Result> tell(
            Effect.Plug plug,
            Port port,
            Optional<Subnet> frontend,
            Optional<Subnet> vip,
            Optional<Subnet> second,
            Answers answers) {
        IpAddress frontendIp = plug.amphora().frontend().ip();
        IpAddress address = plug.loadBalancer().vip().address();
        if (frontend.isEmpty() || vip.isEmpty() || frontendIp == null || address == null) {
            return answers.now(new Result.Never(plug, "a subnet is gone, or an address isn't known"));
        }
        Subnet own = frontend.get();
        Subnet ofVip = vip.get();
        FrontEndPlug body = new FrontEndPlug(
                address,
                ofVip.cidr(),
                ofVip.gateway(),
                port.mac(),
                frontendIp,
                own.id().equals(ofVip.id()) ? null : new FrontEnd(own.cidr(), own.gateway()),
                null,
                own.routes().stream()
                        .map(r -> new HostRoute(r.destination(), r.nextHop()))
                        .toList(),
                additional(plug, own, second.orElse(null)));
        return client.plugVip(body)
                .thenApply(result ->
                        result instanceof CallResult.Answered<PlugEnd> end && end.value() == PlugEnd.NO_INTERFACE
                                ? answers.later("its kernel hasn't seen the interface yet")
                                : answers.answered(result, List.of(400, 409)));
    }

    private static List<AdditionalVip> additional(Effect.Plug plug, Subnet frontend, @Nullable Subnet second) {
        return plug.loadBalancer().additionalVips().stream()
                .map(Vip::address)
                .filter(Objects::nonNull)
                .map(address ->
                        second == null || address.family() == frontend.cidr().family()
                                ? new AdditionalVip(address, IpPrefix.host(address), null, List.of(), null, null)
                                : ofSecond(address, plug.amphora().frontend().secondIp(), second))
                .toList();
    }

    /** Of the other IP version: its next hop is the second address, in that one's subnet. */
    private static AdditionalVip ofSecond(IpAddress vip, @Nullable IpAddress nextHop, Subnet subnet) {
        return new AdditionalVip(
                vip,
                IpPrefix.host(vip),
                subnet.gateway(),
                subnet.routes().stream()
                        .map(r -> new HostRoute(r.destination(), r.nextHop()))
                        .toList(),
                nextHop,
                subnet.cidr());
    }
}
