// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import java.util.List;
import org.l3distributor.distributor.driver.Assignment;

/**
 * A placement.
 *
 * @param assignments the wanted ones, in their order
 */
public record Placed(List<Assignment> assignments, List<Shortage> shortages) {
    public Placed {
        assignments = assignments.stream().sorted().toList();
        shortages = List.copyOf(shortages);
    }
}
