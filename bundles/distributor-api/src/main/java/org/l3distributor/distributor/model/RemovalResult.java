// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.List;

/**
 * What a bulk removal did.
 *
 * @param removed what was removed, with the state of its withdrawal at each peer
 * @param absent what wasn't there in the first place
 */
public record RemovalResult(List<RegistrationStatus> removed, List<Removal> absent) {
    public RemovalResult {
        removed = List.copyOf(removed);
        absent = List.copyOf(absent);
    }
}
