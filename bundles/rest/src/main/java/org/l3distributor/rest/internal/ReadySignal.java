// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;

/**
 * Says that the API answers: an OSGi Condition (OSGi Core 8) with the id
 * {@value #CONDITION} stands exactly while the whiteboard serves our application. Whoever opens the port waits for it.
 */
@Component
public final class ReadySignal {
    static final String CONDITION = "org.l3distributor.rest.answers";

    private final BundleContext context;
    private @Nullable ServiceRegistration<Condition> signal;
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
        show(serves(runtime.getRuntimeDTO()));
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
            Dictionary<String, Object> id = new Hashtable<>(Map.of(Condition.CONDITION_ID, CONDITION));
            signal = context.registerService(Condition.class, Condition.INSTANCE, id);
        } else if (!answers && signal != null) {
            signal.unregister();
            signal = null;
        }
    }
}
