// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The ports that are there at this moment. They are looked up per call, so that every command exists in every role and
 * says itself what is missing. Closing gives them back.
 */
public final class Ports implements AutoCloseable {
    private final BundleContext context;
    private final List<ServiceReference<?>> taken = new ArrayList<>();

    public Ports(BundleContext context) {
        this.context = context;
    }

    public <T> Optional<T> find(Class<T> port) {
        return Optional.ofNullable(context.getServiceReference(port)).map(this::take);
    }

    /** @param absence what it means for the operator that there is none */
    public <T> T need(Class<T> port, String absence) throws CommandRefused {
        return find(port).orElseThrow(() -> new CommandRefused(absence));
    }

    public <T> List<T> all(Class<T> port) {
        List<T> services = new ArrayList<>();
        for (ServiceReference<T> reference : references(port)) {
            T service = take(reference);
            if (service != null) {
                services.add(service);
            }
        }
        return services;
    }

    private <T> Collection<ServiceReference<T>> references(Class<T> port) {
        try {
            return context.getServiceReferences(port, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
    }

    private <T> @org.jspecify.annotations.Nullable T take(ServiceReference<T> reference) {
        taken.add(reference);
        return context.getService(reference);
    }

    @Override
    public void close() {
        taken.forEach(context::ungetService);
    }
}
