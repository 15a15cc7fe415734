// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.Collection;
import java.util.List;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.osgi.annotation.versioning.ProviderType;

/** Table listener_statistics. */
@ProviderType
public interface StatisticsRows {
    /** One for each amphora. */
    List<ListenerStatistics> of(String listenerId);

    /** Adds what was counted since the last time; the connections that are open now replace the number before. */
    void add(Collection<ListenerStatistics> increments);
}
