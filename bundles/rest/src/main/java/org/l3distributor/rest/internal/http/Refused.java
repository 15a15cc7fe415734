// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.List;

/**
 * Ends a call with an error answer. At this edge a refusal travels as the exception that JAX-RS maps anyway, so that
 * every way out of a resource has the same form; it carries no stack trace, because it is no fault of the program.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public Refused(List<Fault> faults) {
        super(faults.isEmpty() ? "" : faults.get(0).text(), null, false, false);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a refusal needs a reason");
        }
        this.faults = List.copyOf(faults);
    }

    public Refused(Fault fault) {
        this(List.of(fault));
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Ends the call when there are faults. */
    public static void ifAny(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }
}
