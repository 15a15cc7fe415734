// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The clients of all amphorae. The service is there while this side's certificate and the authority are good. */
@ProviderType
public interface AmphoraClients {
    /** The client of one amphora; cheap, and need not be kept. */
    AmphoraClient amphora(AmphoraEndpoint endpoint);

    /** The amphorae that failed the last time when they were called, by id; those that nobody called for an hour are gone. */
    List<Trouble> troubles();

    /**
     * An amphora that doesn't answer.
     *
     * @param failures calls in a row that failed
     * @param closed true while it isn't called at all
     */
    record Trouble(String amphoraId, int failures, boolean closed) {}
}
