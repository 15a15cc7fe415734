// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.List;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Removal;

/**
 * What the registry says to a command. It is already part of the wanted state; {@link Registry#undo} takes it back.
 *
 * @param refusals why not; then nothing changed
 * @param change the rows that came or went; empty when all was as asked before
 * @param absent the removals that found nothing
 */
public record Decision(List<Refusal> refusals, Change change, List<Removal> absent) {
    public Decision {
        refusals = List.copyOf(refusals);
        absent = List.copyOf(absent);
    }

    static Decision refused(List<Refusal> refusals) {
        return new Decision(refusals, Change.NONE, List.of());
    }

    static Decision changed(Change change) {
        return new Decision(List.of(), change, List.of());
    }

    public boolean isRefused() {
        return !refusals.isEmpty();
    }
}
