// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.http.ApiAnswers;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;

/**
 * Says that the API answers: {@link ApiAnswers} stands exactly while the whiteboard serves our application. Whoever
 * opens the port waits for it.
 */
@Component
public final class ReadySignal {
    private final BundleContext context;
    private @Nullable ServiceRegistration<ApiAnswers> signal;
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
        try {
            show(serves(runtime.getRuntimeDTO()));
        } catch (NullPointerException early) {
            // Aries registers its runtime before it can describe it; an update with the description follows at once.
            show(false);
        }
    }

    void unbindRuntime(JaxrsServiceRuntime runtime) {
        show(false);
    }

    @Deactivate
    void close() {
        show(false);
        synchronized (this) {
            closed = true;
        }
    }

    static boolean serves(RuntimeDTO runtime) {
        return Stream.concat(Stream.ofNullable(runtime.defaultApplication), applications(runtime))
                .anyMatch(a -> RestApplication.NAME.equals(a.name));
    }

    private static Stream<ApplicationDTO> applications(RuntimeDTO runtime) {
        return runtime.applicationDTOs == null ? Stream.empty() : Stream.of(runtime.applicationDTOs);
    }

    private synchronized void show(boolean answers) {
        if (answers && signal == null && !closed) {
            signal = context.registerService(ApiAnswers.class, new ApiAnswers() {}, null);
        } else if (!answers && signal != null) {
            signal.unregister();
            signal = null;
        }
    }
}
