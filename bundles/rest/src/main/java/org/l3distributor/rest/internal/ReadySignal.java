// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.http.ApiAnswers;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;
import org.osgi.util.tracker.BundleTracker;

/**
 * Says that the API answers: {@link ApiAnswers} stands exactly while the whiteboard serves our application and the ports
 * of the installed roles stand, and not before the registrations were read or it is known why they can't be. Whoever
 * opens the port waits for it.
 */
@Component
public final class ReadySignal {
    private static final int INSTALLED =
            Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final BundleContext context;
    private final RolePorts ports = new RolePorts();
    private final BundleTracker<Bundle> bundles;
    private @Nullable ServiceRegistration<ApiAnswers> signal;
    private boolean served;
    private boolean settled;
    private boolean closed;

    @Activate
    public ReadySignal(BundleContext context) {
        this.context = context;
        bundles = new BundleTracker<>(context, INSTALLED, null) {
            @Override
            public Bundle addingBundle(Bundle bundle, @Nullable BundleEvent event) {
                ports.installed(bundle.getBundleId(), services(bundle));
                show();
                return bundle;
            }

            @Override
            public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
                ports.uninstalled(bundle.getBundleId());
                show();
            }
        };
        bundles.open();
    }

    private static List<Object> services(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? List.of()
                : revision.getDeclaredCapabilities("osgi.service").stream()
                        .map(capability -> capability.getAttributes().get("objectClass"))
                        .filter(Objects::nonNull)
                        .toList();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updatedRuntime")
    void bindRuntime(JaxrsServiceRuntime runtime) {
        updatedRuntime(runtime);
    }

    /** The whiteboard changes its service's change count whenever what it serves has changed. */
    void updatedRuntime(JaxrsServiceRuntime runtime) {
        boolean now;
        try {
            now = serves(runtime.getRuntimeDTO());
        } catch (NullPointerException early) {
            // Aries registers its runtime before it can describe it; an update with the description follows at once.
            now = false;
        }
        serving(now);
    }

    void unbindRuntime(JaxrsServiceRuntime runtime) {
        serving(false);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindLoadBalancers(ServiceReference<LoadBalancerService> service) {
        ports.arrived(LoadBalancerService.class);
        show();
    }

    void unbindLoadBalancers(ServiceReference<LoadBalancerService> service) {
        ports.left(LoadBalancerService.class);
        show();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPlugs(ServiceReference<PlugService> service) {
        ports.arrived(PlugService.class);
        show();
    }

    void unbindPlugs(ServiceReference<PlugService> service) {
        ports.left(PlugService.class);
        show();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindReadiness(ReadinessService readiness) {
        readiness.settled().thenRun(this::settled);
    }

    /** It stays so: when the core comes anew, its answer to a call is that it isn't ready. */
    void unbindReadiness(ReadinessService readiness) {}

    @Deactivate
    void close() {
        synchronized (this) {
            closed = true;
            show();
        }
        bundles.close();
    }

    static boolean serves(RuntimeDTO runtime) {
        return Stream.concat(Stream.ofNullable(runtime.defaultApplication), applications(runtime))
                .anyMatch(a -> RestApplication.NAME.equals(a.name));
    }

    private static Stream<ApplicationDTO> applications(RuntimeDTO runtime) {
        return runtime.applicationDTOs == null ? Stream.empty() : Stream.of(runtime.applicationDTOs);
    }

    private synchronized void serving(boolean now) {
        served = now;
        show();
    }

    private synchronized void settled() {
        settled = true;
        show();
    }

    private synchronized void show() {
        boolean answers = served && settled && !closed && ports.complete();
        if (answers && signal == null) {
            signal = context.registerService(ApiAnswers.class, new ApiAnswers() {}, null);
        } else if (!answers && signal != null) {
            signal.unregister();
            signal = null;
        }
    }
}
