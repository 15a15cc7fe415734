// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Refusal;

/** A service that may come and go while calls are running. */
public final class Port<T> {
    private final String name;
    private final AtomicReference<@Nullable T> service = new AtomicReference<>();

    /** @param name what an operator calls it */
    public Port(String name) {
        this.name = name;
    }

    public void bind(T arrived) {
        service.set(arrived);
    }

    /** The one that replaces it may have been bound before. */
    public void unbind(T gone) {
        service.compareAndSet(gone, null);
    }

    /** @throws Refused with 503 while there is none */
    public T get() {
        return find().orElseThrow(
                        () -> new Refused(Refusal.notReady("The " + name + " isn't running (yet); try again")));
    }

    public Optional<T> find() {
        return Optional.ofNullable(service.get());
    }
}
