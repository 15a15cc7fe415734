// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.flow.VipPorts;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.FrontEnds;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/** An amphora's ports and instance, made and deleted. All of it is found again by the amphora's id. */
final class Machines {
    private final ComputeDriver compute;
    private final NetworkDriver network;
    private final AmphoraFiles files;
    private final DriverEffects.Settings settings;
    private final Executor executor;

    Machines(
            ComputeDriver compute,
            NetworkDriver network,
            AmphoraFiles files,
            DriverEffects.Settings settings,
            Executor executor) {
        this.compute = compute;
        this.network = network;
        this.files = files;
        this.settings = settings;
        this.executor = executor;
    }

    private static String managementPort(String amphoraId) {
        return "amp-" + amphoraId + "-mgmt";
    }

    private static String frontendPort(String amphoraId) {
        return "amp-" + amphoraId + "-frontend";
    }

    CompletionStage<Result> build(Effect.Build build, Answers answers) {
        return build.loadBalancer().isPresent()
                ? build(build, build.loadBalancer().get(), answers)
                : speaker(build, answers);
    }

    /** A speaker has the port by which it reaches its routers from the start: its agent plugs nothing. */
    private CompletionStage<Result> speaker(Effect.Build build, Answers answers) {
        String id = build.amphora().id();
        return answers.then(
                network.createPort(
                        managementPort(id), settings.managementNetwork(), List.of(settings.managementSubnet()), id),
                management -> settings.speakers().isEmpty()
                        ? speaker(build, List.of(management), answers)
                        : answers.then(
                                network.createPort(
                                        frontendPort(id),
                                        settings.speakers().get().networkId(),
                                        List.of(settings.speakers().get().subnetId()),
                                        id),
                                own -> speaker(build, List.of(management, own), answers)));
    }

    private CompletionStage<Result> speaker(Effect.Build build, List<Port> ports, Answers answers) {
        return answers.then(
                created(build.amphora(), ports),
                created -> answers.now(built(build, created, ports.get(0), ports.get(ports.size() - 1))));
    }

    /** The front end's port is made now and put in later, once the amphora runs: as Octavia does. */
    private CompletionStage<Result> build(Effect.Build build, LoadBalancer loadBalancer, Answers answers) {
        String id = build.amphora().id();
        return answers.then(
                network.createPort(
                        managementPort(id), settings.managementNetwork(), List.of(settings.managementSubnet()), id),
                management -> answers.then(
                        frontendSubnets(loadBalancer),
                        subnets -> answers.then(
                                network.createPort(frontendPort(id), loadBalancer.frontendNetworkId(), subnets, id),
                                frontend -> answers.then(
                                        created(build.amphora(), List.of(management)),
                                        created -> answers.now(built(build, created, management, frontend))))));
    }

    /** Two, where there are VIPs of both IP versions. */
    private CompletionStage<Outcome<List<String>>> frontendSubnets(LoadBalancer loadBalancer) {
        String own = loadBalancer.frontendSubnetId();
        if (loadBalancer.additionalVips().isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.done(List.of(own)));
        }
        Set<String> vips = new HashSet<>(Set.of(loadBalancer.vip().subnetId()));
        loadBalancer.additionalVips().forEach(vip -> vips.add(vip.subnetId()));
        return network.subnets(NetworkQuery.ALL)
                .thenApply(outcome -> outcome instanceof Outcome.Done<List<Subnet>> all
                        ? Outcome.done(frontendSubnets(loadBalancer, vips, all.value()))
                        : Outcome.refused(((Outcome.Refused<List<Subnet>>) outcome).reasons()));
    }

    private static List<String> frontendSubnets(LoadBalancer loadBalancer, Set<String> vips, List<Subnet> all) {
        String own = loadBalancer.frontendSubnetId();
        Optional<Subnet> second = all.stream()
                .filter(s -> s.id().equals(own))
                .findFirst()
                .flatMap(frontend -> FrontEnds.second(
                        frontend,
                        all.stream()
                                .filter(s -> s.networkId().equals(frontend.networkId()))
                                .toList(),
                        all.stream().filter(s -> vips.contains(s.id())).toList()));
        return second.map(s -> List.of(own, s.id())).orElse(List.of(own));
    }

    private record Created(Instance instance, Instant certificateExpires) {}

    private CompletionStage<Outcome<Created>> created(Amphora amphora, List<Port> ports) {
        return CompletableFuture.supplyAsync(() -> files(amphora), executor)
                .thenCompose(made -> compute.create(new InstanceSpec(
                                amphora.id(), "amphora-" + amphora.id(), ports, made.byPath(), null, false))
                        .thenApply(outcome -> outcome instanceof Outcome.Done<Instance> done
                                ? Outcome.done(new Created(done.value(), made.certificateExpires()))
                                : Outcome.refused(((Outcome.Refused<Instance>) outcome).reasons())));
    }

    private AmphoraFiles.Made files(Amphora amphora) {
        try {
            return files.of(amphora);
        } catch (StoreException e) {
            throw new IllegalStateException("its files can't be made: " + e.getMessage(), e);
        }
    }

    private static Result built(Effect.Build build, Created created, Port management, Port frontend) {
        if (management.addresses().isEmpty() || frontend.addresses().isEmpty()) {
            return new Result.Never(build, "a port has no address");
        }
        FixedIp first = frontend.addresses().get(0);
        IpAddress second = frontend.addresses().stream()
                .map(FixedIp::address)
                .filter(a -> a.family() != first.address().family())
                .findFirst()
                .orElse(null);
        return new Result.Built(
                build,
                created.instance().computeId(),
                management.addresses().get(0).address(),
                created.instance().failureDomain(),
                new Amphora.Frontend(first.address(), second, first.subnetId(), frontend.id(), null, null, null),
                created.certificateExpires());
    }

    CompletionStage<Result> destroy(Effect.Destroy destroy, Answers answers) {
        String id = destroy.amphoraId();
        return answers.then(
                compute.delete(id),
                deleted -> answers.then(
                        network.ports(new NetworkQuery(null, frontendPort(id), null)),
                        front -> answers.then(
                                network.ports(new NetworkQuery(null, managementPort(id), null)), management -> {
                                    List<String> ports = new ArrayList<>();
                                    front.forEach(p -> ports.add(p.id()));
                                    management.forEach(p -> ports.add(p.id()));
                                    return deleted(network, destroy, ports, answers);
                                })));
    }

    /** Found by their names: whoever made one may have died before it was written down. */
    static CompletionStage<Result> release(NetworkDriver network, Effect.ReleaseVips release, Answers answers) {
        return release(network, release, 0, answers);
    }

    private static CompletionStage<Result> release(
            NetworkDriver network, Effect.ReleaseVips release, int number, Answers answers) {
        LoadBalancer loadBalancer = release.loadBalancer();
        if (number > loadBalancer.additionalVips().size()) {
            return answers.now(new Result.Done(release));
        }
        String name = VipPorts.name(loadBalancer.id(), number);
        return answers.then(
                network.ports(new NetworkQuery(null, name, null)),
                ports -> deleted(
                                network,
                                release,
                                ports.stream()
                                        .filter(p -> p.owner().equals(loadBalancer.id()))
                                        .map(Port::id)
                                        .toList(),
                                answers)
                        .thenCompose(result -> result instanceof Result.Done
                                ? release(network, release, number + 1, answers)
                                : answers.now(result)));
    }

    private static CompletionStage<Result> deleted(
            NetworkDriver network, Effect effect, List<String> ports, Answers answers) {
        if (ports.isEmpty()) {
            return answers.now(new Result.Done(effect));
        }
        return answers.then(
                network.deletePort(ports.get(0)),
                gone -> deleted(network, effect, ports.subList(1, ports.size()), answers));
    }
}
