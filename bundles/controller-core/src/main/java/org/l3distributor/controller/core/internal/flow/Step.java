// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes next. */
public sealed interface Step {
    /** Do all of this, side by side, and tell the flow the results. */
    record Do(List<Effect> effects) implements Step {
        public Do {
            effects = List.copyOf(effects);
            if (effects.isEmpty()) {
                throw new IllegalArgumentException("nothing to do");
            }
        }
    }

    /** Write this, and ask again. */
    record Change(List<Write> writes, Memo memo) implements Step {
        public Change {
            writes = List.copyOf(writes);
        }
    }

    /** Write this, and ask again later; {@code reason} is for operators, null when nothing is wrong. */
    record Wait(
            List<Write> writes,
            Memo memo,
            Duration pause,
            @Nullable String reason) implements Step {
        public Wait {
            writes = List.copyOf(writes);
        }
    }

    /** Write this; the task is over. {@code error}: why it failed, null when it didn't. */
    record End(List<Write> writes, @Nullable String error) implements Step {
        public End {
            writes = List.copyOf(writes);
        }
    }
}
