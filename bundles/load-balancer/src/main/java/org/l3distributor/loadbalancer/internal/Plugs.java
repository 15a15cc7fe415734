// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NoSuchInterfaceException;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.VipPlumber;

/** Plugs in the words of the amphora API. */
final class Plugs implements PlugService {
    private static final String NOT_READY = "No suitable network interface found";
    private static final String EXISTS = "Interface already exists";

    private final VipPlumber vips;
    private final InterfacePlumber interfaces;
    private final Supplier<HaproxySnapshot> haproxy;
    private final ServedVips served;

    Plugs(VipPlumber vips, InterfacePlumber interfaces, Supplier<HaproxySnapshot> haproxy, ServedVips served) {
        this.vips = vips;
        this.interfaces = interfaces;
        this.haproxy = haproxy;
        this.served = served;
    }

    @Override
    public CompletionStage<Reply<String>> plugVip(VipPlug plug) {
        return answered(
                "Error plugging VIP",
                () -> interfaces.plugFrontEnd(vips.defaultNamespace(), PlugTerms.frontEnd(plug)),
                plugged -> plugged.change() == Change.UNCHANGED
                        ? Reply.refused(Reply.Kind.CONFLICT, EXISTS, null)
                        : Reply.done(plugged.name()));
    }

    @Override
    public CompletionStage<Reply<NetworkPlugged>> plugNetwork(NetworkPlug plug) {
        if (isFrontEnd(plug.mac())) {
            // Members on the VIP's own network: the controller then plugs the port of the VIP again, as a network.
            return CompletableFuture.completedFuture(
                    Reply.done(new NetworkPlugged(InterfaceDescription.FRONT_END, true)));
        }
        return answered(
                "Error plugging network",
                () -> interfaces.plugNetwork(vips.defaultNamespace(), PlugTerms.network(plug)),
                plugged -> Reply.done(new NetworkPlugged(plugged.name(), plugged.change() != Change.PLUGGED)));
    }

    private boolean isFrontEnd(String mac) {
        return snapshot()
                .frontEnd()
                .filter(front -> front.mac().text().equals(mac))
                .isPresent();
    }

    private <T> CompletionStage<Reply<T>> answered(
            String message,
            Supplier<CompletionStage<PluggedInterface>> plug,
            Function<PluggedInterface, Reply<T>> answer) {
        CompletionStage<Reply<T>> reply;
        try {
            reply = plug.get().thenApply(answer);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(refused(message, e));
        }
        return reply.exceptionally(fault -> refused(message, fault))
                .thenCompose(one -> served.changed().thenApply(told -> one));
    }

    /** An expected refusal in the agent's words; anything else stays the fault that it is. */
    private static <T> Reply<T> refused(String message, Throwable fault) {
        Throwable cause =
                fault instanceof CompletionException wrapper && wrapper.getCause() != null ? wrapper.getCause() : fault;
        if (cause instanceof NoSuchInterfaceException) {
            return Reply.refused(Reply.Kind.NOT_FOUND, null, NOT_READY);
        }
        if (cause instanceof IllegalArgumentException) {
            return Reply.refused(Reply.Kind.INVALID, "Invalid plug: " + cause.getMessage(), null);
        }
        if (cause instanceof NetnsException refusal) {
            // Not a conflict, which the controller takes for the plug that stands already: it would go on with the VIP
            // left where it was. What contradicts is kept nowhere.
            boolean contradicts = refusal.errno().equals("EEXIST");
            return Reply.refused(
                    Reply.Kind.FAILED,
                    message,
                    refusal.getMessage() + (contradicts ? "" : "; it stays wanted and is tried again"));
        }
        throw new CompletionException(cause);
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> unplugVip(IpAddress vip) {
        Optional<String> user = haproxy.get().loadBalancers().stream()
                .filter(one -> one.running().binds(vip))
                .map(LoadBalancerState::id)
                .findFirst();
        if (user.isPresent()) {
            return CompletableFuture.completedFuture(Reply.refused(
                    Reply.Kind.CONFLICT,
                    "VIP in use",
                    vip + " is bound by load balancer " + user.get() + "; delete its listeners first"));
        }
        List<IpAddress> one = List.of(vip);
        return served.withdraw(one, Instant.now())
                .thenCompose(written -> vips.unplug(vips.defaultNamespace(), vip))
                .handle((snapshot, fault) -> served.release(one)
                        .thenApply(told ->
                                fault == null ? Reply.ok() : Plugs.<Reply.Ok>refused("Error unplugging VIP", fault)))
                .thenCompose(reply -> reply);
    }

    @Override
    public CompletionStage<Reply<String>> interfaceOf(IpAddress address) {
        return CompletableFuture.completedFuture(snapshot()
                .interfaceOf(address)
                .map(Reply::done)
                .orElseGet(
                        () -> Reply.refused(Reply.Kind.NOT_FOUND, "Error interface not found for IP address", null)));
    }

    private NamespaceSnapshot snapshot() {
        return vips.snapshot(vips.defaultNamespace());
    }

    @Override
    public CompletionStage<List<Traffic>> traffic() {
        return interfaces
                .traffic(vips.defaultNamespace())
                .thenApply(links -> links.entrySet().stream()
                        .map(link -> new Traffic(
                                link.getKey(),
                                link.getValue().sent(),
                                link.getValue().received()))
                        .toList());
    }
}
