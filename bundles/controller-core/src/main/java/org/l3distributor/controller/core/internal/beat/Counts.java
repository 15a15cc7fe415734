// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of datagrams since the start. */
final class Counts {
    /** Why a datagram was no sign of life. */
    enum Why {
        LENGTH,
        HMAC,
        COMPRESSION,
        BOMB,
        MALFORMED,
        UNKNOWN,
        OLD,
        LATE,
        INCOMPLETE
    }

    final LongAdder received = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder alive = new LongAdder();
    private final Map<Why, LongAdder> refused = new EnumMap<>(Why.class);

    Counts() {
        for (Why why : Why.values()) {
            refused.put(why, new LongAdder());
        }
    }

    void refuse(Why why) {
        adder(why).increment();
    }

    long refused(Why why) {
        return adder(why).sum();
    }

    private LongAdder adder(Why why) {
        LongAdder adder = refused.get(why);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + why);
        }
        return adder;
    }
}
