// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as it is listed: with the ids of what belongs to it.
 *
 * @param listenerIds whose default pool it is
 */
public record PoolView(
        Pool pool,
        List<String> listenerIds,
        List<String> memberIds,
        @Nullable String healthMonitorId) {
    public PoolView {
        listenerIds = List.copyOf(listenerIds);
        memberIds = List.copyOf(memberIds);
    }
}
