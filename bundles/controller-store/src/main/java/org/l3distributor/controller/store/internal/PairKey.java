// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The key of a row that is nothing but two ids; fields as the rows name them. */
final class PairKey implements Serializable {
    private static final long serialVersionUID = 1L;

    String one = "";
    String other = "";

    PairKey() {}

    PairKey(String one, String other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof PairKey key && key.one.equals(one) && key.other.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * one.hashCode() + other.hashCode();
    }
}
