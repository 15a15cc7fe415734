// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipPlumber;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Offers the kernel's namespace as the port that the console and the API speak to. */
@Component
public final class LoadBalancerNamespace implements NamespaceService {
    private final VipPlumber plumber;
    private final @Nullable PlugService plugs;

    /** @param plugs null until HAProxy's files are known */
    @Activate
    public LoadBalancerNamespace(
            @Reference VipPlumber plumber,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    PlugService plugs) {
        this.plumber = plumber;
        this.plugs = plugs;
    }

    @Override
    public List<NamespaceView> namespaces() {
        return plumber.snapshots().stream().map(NamespaceViews::of).toList();
    }

    @Override
    public CompletionStage<Outcome<NamespaceView>> plug(IpAddress vip) {
        return answered(vip, () -> plumber.plug(plumber.defaultNamespace(), vip));
    }

    /** As by REST: a VIP leaves {@code lo} only when nobody binds it and its withdrawal was written to the routers. */
    @Override
    public CompletionStage<Outcome<NamespaceView>> unplug(IpAddress vip) {
        if (plugs == null) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady(
                    "nothing was changed: whether a load balancer serves " + vip + " isn't known yet")));
        }
        return plugs.unplugVip(vip).thenApply(reply -> unplugged(vip, reply));
    }

    private Outcome<NamespaceView> unplugged(IpAddress vip, Reply<Reply.Ok> reply) {
        if (reply instanceof Reply.Refused<Reply.Ok> refused) {
            String why = Stream.of(refused.message(), refused.details())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(": "));
            return Outcome.refused(
                    switch (refused.kind()) {
                        case INVALID -> Refusal.invalid("vip_ip", vip.toString(), why);
                        case CONFLICT -> Refusal.conflict("vip_ip", vip.toString(), why);
                        case NOT_FOUND, FAILED -> Refusal.notReady(why);
                    });
        }
        return Outcome.done(NamespaceViews.of(plumber.snapshot(plumber.defaultNamespace())));
    }

    private static CompletionStage<Outcome<NamespaceView>> answered(
            IpAddress vip, Supplier<CompletionStage<NamespaceSnapshot>> call) {
        return call.get()
                .thenApply(snapshot -> Outcome.done(NamespaceViews.of(snapshot)))
                .exceptionally(fault -> refused(vip, fault));
    }

    /** An expected refusal as a value; anything else stays the fault that it is. */
    private static Outcome<NamespaceView> refused(IpAddress vip, Throwable fault) {
        Throwable cause =
                fault instanceof CompletionException wrapper && wrapper.getCause() != null ? wrapper.getCause() : fault;
        if (cause instanceof NetnsException refusal) {
            return Outcome.refused(
                    Refusal.notReady(refusal.getMessage() + "; the VIP stays wanted and is tried again"));
        }
        if (cause instanceof IllegalArgumentException) {
            return Outcome.refused(Refusal.invalid("vip_ip", vip.toString(), String.valueOf(cause.getMessage())));
        }
        throw new CompletionException(cause);
    }
}
