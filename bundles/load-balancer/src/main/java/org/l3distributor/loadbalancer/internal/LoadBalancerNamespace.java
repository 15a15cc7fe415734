// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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

/** Offers the kernel's namespace as the port that the console and the API speak to. */
@Component
public final class LoadBalancerNamespace implements NamespaceService {
    private final VipPlumber plumber;

    @Activate
    public LoadBalancerNamespace(@Reference VipPlumber plumber) {
        this.plumber = plumber;
    }

    @Override
    public List<NamespaceView> namespaces() {
        return plumber.snapshots().stream().map(NamespaceViews::of).toList();
    }

    @Override
    public CompletionStage<Outcome<NamespaceView>> plug(IpAddress vip) {
        return answered(vip, () -> plumber.plug(plumber.defaultNamespace(), vip));
    }

    @Override
    public CompletionStage<Outcome<NamespaceView>> unplug(IpAddress vip) {
        return answered(vip, () -> plumber.unplug(plumber.defaultNamespace(), vip));
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
