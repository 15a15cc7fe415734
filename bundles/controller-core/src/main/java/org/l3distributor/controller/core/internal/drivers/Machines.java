// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.store.StoreException;

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

    /** The front end's port is made now and put in later, once the amphora runs: as Octavia does. */
    CompletionStage<Result> build(Effect.Build build, Answers answers) {
        String id = build.amphora().id();
        LoadBalancer loadBalancer = build.loadBalancer();
        return answers.then(
                network.createPort(managementPort(id), settings.managementNetwork(), List.of(settings.managementSubnet()), id),
                management -> answers.then(
                        network.createPort(
                                frontendPort(id),
                                loadBalancer.frontendNetworkId(),
                                List.of(loadBalancer.frontendSubnetId()),
                                id),
                        frontend -> answers.then(
                                created(build.amphora(), management),
                                instance -> answers.now(built(build, instance, management, frontend)))));
    }

    private CompletionStage<Outcome<Instance>> created(Amphora amphora, Port management) {
        return CompletableFuture.supplyAsync(() -> spec(amphora, management), executor)
                .thenCompose(compute::create);
    }

    private InstanceSpec spec(Amphora amphora, Port management) {
        try {
            Map<String, byte[]> content = files.of(amphora);
            return new InstanceSpec(amphora.id(), "amphora-" + amphora.id(), List.of(management), content, null, false);
        } catch (StoreException e) {
            throw new IllegalStateException("its files can't be made: " + e.getMessage(), e);
        }
    }

    private static Result built(Effect.Build build, Instance instance, Port management, Port frontend) {
        if (management.addresses().isEmpty() || frontend.addresses().isEmpty()) {
            return new Result.Never(build, "a port has no address");
        }
        FixedIp first = frontend.addresses().get(0);
        return new Result.Built(
                build,
                instance.computeId(),
                management.addresses().get(0).address(),
                instance.failureDomain(),
                new Amphora.Frontend(first.address(), null, first.subnetId(), frontend.id(), null, null, null));
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
