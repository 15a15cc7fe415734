// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.run.Effects;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/** Does effects with the drivers that are there. A driver that throws or hangs is one that fails for now. */
public final class DriverEffects implements Effects {
    /**
     * Who makes amphorae, where they are managed, and how long a driver may take.
     *
     * @param computeType of the compute driver
     * @param speakers where dedicated speakers reach their routers; empty: by the management network
     * @param port of the amphorae's API
     * @param patience for one effect
     */
    public record Settings(
            String computeType,
            String managementNetwork,
            String managementSubnet,
            Optional<Place> speakers,
            int port,
            Duration patience) {
        /** A subnet of a network. */
        public record Place(String networkId, String subnetId) {}

        /** With speakers on the management network. */
        public Settings(
                String computeType, String managementNetwork, String managementSubnet, int port, Duration patience) {
            this(computeType, managementNetwork, managementSubnet, Optional.empty(), port, patience);
        }
    }

    private static final Duration HASTE = Duration.ofSeconds(2);

    private final DriverSet drivers;
    private final AmphoraFiles files;
    private final Settings settings;
    private final Executor executor;

    /** @param executor for what blocks on the tables */
    public DriverEffects(DriverSet drivers, AmphoraFiles files, Settings settings, Executor executor) {
        this.drivers = drivers;
        this.files = files;
        this.settings = settings;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Result> start(Effect effect) {
        Answers answers = new Answers(effect);
        CompletableFuture<Result> result;
        try {
            // A future of our own: whoever ends it by its patience must not end a driver's.
            result = begin(effect, answers).toCompletableFuture().thenApply(Function.identity());
        } catch (RuntimeException e) {
            return answers.now(answers.later("a fault of a driver: " + e));
        }
        // What a dead amphora would have to do itself isn't waited for: its successor is made meanwhile.
        // Nor is one that goes anyway, and doesn't say whether it is idle, while its deadline passes.
        boolean hasty =
                (effect instanceof Effect.Withdraw withdraw && withdraw.dead()) || effect instanceof Effect.Idle;
        long patience = hasty ? HASTE.toMillis() : settings.patience().toMillis();
        return result.completeOnTimeout(
                        answers.later("no answer of a driver within " + patience + " ms"),
                        patience,
                        TimeUnit.MILLISECONDS)
                .exceptionally(e -> answers.later("a fault of a driver: " + e));
    }

    private CompletionStage<Result> begin(Effect effect, Answers answers) {
        if (effect instanceof Effect.Build build) {
            return with(
                    drivers.network(),
                    answers,
                    "network",
                    network -> with(
                            drivers.compute(),
                            answers,
                            settings.computeType() + " compute",
                            compute ->
                                    new Machines(compute, network, files, settings, executor).build(build, answers)));
        } else if (effect instanceof Effect.Destroy destroy) {
            return with(
                    drivers.network(),
                    answers,
                    "network",
                    network -> with(
                            drivers.compute(),
                            answers,
                            settings.computeType() + " compute",
                            compute -> new Machines(compute, network, files, settings, executor)
                                    .destroy(destroy, answers)));
        } else if (effect instanceof Effect.Boot boot) {
            return boot(boot, answers);
        } else if (effect instanceof Effect.Plug plug) {
            return with(
                    drivers.network(),
                    answers,
                    "network",
                    network -> with(
                            drivers.compute(),
                            answers,
                            settings.computeType() + " compute",
                            compute -> client(
                                    plug.amphora(),
                                    answers,
                                    client -> new Plugs(compute, network, client).plug(plug, answers))));
        } else if (effect instanceof Effect.Configure configure) {
            return client(configure.amphora(), answers, client -> configure(configure, client, answers));
        } else if (effect instanceof Effect.Quiesce quiesce) {
            return client(
                    quiesce.amphora(),
                    answers,
                    client -> loaded(client, quiesce.loadBalancerId(), quiesce.text(), answers));
        } else if (effect instanceof Effect.Idle idle) {
            return client(idle.amphora(), answers, client -> idle(idle, client, answers));
        } else if (effect instanceof Effect.Push push) {
            return client(push.amphora(), answers, client -> push(push, client, answers));
        } else if (effect instanceof Effect.Stop stop) {
            return client(
                    stop.amphora(),
                    answers,
                    client -> client.stop(stop.loadBalancerId())
                            .thenApply(result -> answers.answered(result, List.of())));
        } else if (effect instanceof Effect.ReleaseVips release) {
            return with(drivers.network(), answers, "network", network -> Machines.release(network, release, answers));
        }
        String type = type(effect);
        return with(
                drivers.distributor(type),
                answers,
                type + " distributor",
                driver -> new Distribution(driver, answers).begin(effect, this::member));
    }

    private static String type(Effect effect) {
        if (effect instanceof Effect.Announce announce) {
            return announce.vip().driver();
        } else if (effect instanceof Effect.Withdraw withdraw) {
            return withdraw.vip().driver();
        } else if (effect instanceof Effect.Forget forget) {
            return forget.vip().driver();
        } else if (effect instanceof Effect.Place place) {
            return place.driver();
        } else if (effect instanceof Effect.TakeOn take) {
            return take.driver();
        } else if (effect instanceof Effect.LetGo let) {
            return let.driver();
        }
        throw new IllegalStateException("nobody does " + effect.key());
    }

    private static <D> CompletionStage<Result> with(
            Optional<D> driver, Answers answers, String kind, Function<D, CompletionStage<Result>> use) {
        return driver.isPresent()
                ? use.apply(driver.get())
                : answers.now(answers.later("there is no " + kind + " driver"));
    }

    private CompletionStage<Result> client(
            Amphora amphora, Answers answers, Function<AmphoraClient, CompletionStage<Result>> use) {
        InetSocketAddress api = api(amphora);
        return api == null
                ? answers.now(answers.later("amphora " + amphora.id() + " has no address"))
                : with(
                        drivers.amphorae(),
                        answers,
                        "client of amphorae: no usable certificate, hence no",
                        clients -> use.apply(clients.amphora(new AmphoraEndpoint(amphora.id(), api))));
    }

    private @Nullable InetSocketAddress api(Amphora amphora) {
        IpAddress address = amphora.managementIp();
        return address == null ? null : new InetSocketAddress(address.toInetAddress(), settings.port());
    }

    private CompletionStage<Result> boot(Effect.Boot boot, Answers answers) {
        return with(
                drivers.compute(),
                answers,
                settings.computeType() + " compute",
                compute -> answers.then(compute.find(boot.amphora().id()), found -> {
                    Instance instance = found.orElse(null);
                    if (instance == null || instance.state() == Instance.State.DELETED) {
                        return answers.now(new Result.Never(boot, "its instance is gone"));
                    } else if (instance.state() == Instance.State.ERROR) {
                        return answers.now(new Result.Never(boot, String.valueOf(instance.fault())));
                    } else if (instance.state() == Instance.State.BUILDING) {
                        return answers.now(answers.later("its instance is being made"));
                    }
                    return client(
                            boot.amphora(),
                            answers,
                            client -> client.discover().thenApply(version -> answers.answered(version, List.of())));
                }));
    }

    /** HAProxy refuses a configuration with a 400, today and tomorrow. */
    private static CompletionStage<Result> configure(
            Effect.Configure configure, AmphoraClient client, Answers answers) {
        String id = configure.loadBalancerId();
        if (configure.text().isEmpty()) {
            return client.deleteLoadBalancer(id).thenApply(result -> answers.answered(result, List.of()));
        }
        return loaded(client, id, configure.text().get(), answers);
    }

    /** One of an older version doesn't tell (404), or doesn't tell a controller (403), and won't. */
    private static CompletionStage<Result> idle(Effect.Idle idle, AmphoraClient client, Answers answers) {
        return client.once().heldConnections().thenApply(result -> {
            if (!(result instanceof CallResult.Answered<List<HeldConnections>> answered)) {
                return answers.answered(result, List.of(403, 404));
            }
            HeldConnections held = answered.value().stream()
                    .filter(one -> one.loadBalancer().equals(idle.loadBalancerId()))
                    .findFirst()
                    .orElseGet(() -> new HeldConnections(idle.loadBalancerId(), 0, 0));
            if (!held.known()) {
                return answers.later("its HAProxy doesn't say");
            }
            return held.none() ? new Result.Done(idle) : new Result.NotYet(idle);
        });
    }

    private CompletionStage<Result> push(Effect.Push push, AmphoraClient client, Answers answers) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return files.settings(push.amphora());
                            } catch (StoreException e) {
                                throw new IllegalStateException("its file can't be made: " + e.getMessage(), e);
                            }
                        },
                        executor)
                .thenCompose(client::putConfig)
                .thenApply(result -> answers.answered(result, List.of(400)));
    }

    private static CompletionStage<Result> loaded(AmphoraClient client, String id, String text, Answers answers) {
        return client.uploadHaproxy(id, text.getBytes(StandardCharsets.UTF_8)).thenCompose(uploaded -> {
            if (!(uploaded instanceof CallResult.Answered<Reply.Ok>)) {
                return answers.now(answers.answered(uploaded, List.of(400)));
            }
            return client.reload(id).thenApply(reloaded -> answers.answered(reloaded, List.of()));
        });
    }

    private Member member(Amphora amphora) {
        List<IpAddress> nextHops = Stream.of(
                        amphora.frontend().ip(), amphora.frontend().secondIp())
                .filter(Objects::nonNull)
                .toList();
        String domain = amphora.failureDomain();
        return new Member(amphora.id(), api(amphora), nextHops, domain == null ? "" : domain);
    }
}
