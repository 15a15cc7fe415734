// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.http.ApiAnswers;
import org.l3distributor.http.ControllerDoor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;

/**
 * Says that the API answers: {@link ApiAnswers} stands exactly while the whiteboard serves our application and there is a
 * controller behind it. Whoever opens the port waits for it.
 */
@Component
public final class ReadySignal {
    private final BundleContext context;
    private @Nullable ServiceRegistration<ApiAnswers> signal;
    private boolean served;
    private boolean controlled;
    private boolean closed;

    @Activate
    public ReadySignal(BundleContext context) {
        this.context = context;
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
        synchronized (this) {
            served = now;
            show();
        }
    }

    synchronized void unbindRuntime(JaxrsServiceRuntime runtime) {
        served = false;
        show();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindController(ServiceReference<LoadBalancerService> service) {
        controlled = true;
        show();
    }

    synchronized void unbindController(ServiceReference<LoadBalancerService> service) {
        controlled = false;
        show();
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        show();
    }

    static boolean serves(RuntimeDTO runtime) {
        return runtime.applicationDTOs != null
                && Stream.of(runtime.applicationDTOs).anyMatch(a -> ControllerApplication.NAME.equals(a.name));
    }

    private void show() {
        boolean answers = served && controlled && !closed;
        if (answers && signal == null) {
            signal = context.registerService(
                    ApiAnswers.class,
                    new ApiAnswers() {},
                    FrameworkUtil.asDictionary(Map.of(ControllerDoor.API, ControllerDoor.CONTROLLER)));
        } else if (!answers && signal != null) {
            signal.unregister();
            signal = null;
        }
    }
}
