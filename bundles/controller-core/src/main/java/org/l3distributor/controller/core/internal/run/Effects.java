// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.concurrent.CompletionStage;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;

/** Does what is to be done outside of the tables. Returns at once; the stage never completes exceptionally. */
public interface Effects {
    CompletionStage<Result> start(Effect effect);
}
