// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.Port;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Machines as the controller needs them. An instance is known by its amphora's id, which the controller made durable
 * before it asked: so each call may be repeated, by another controller too, and finds what an earlier one made. No stage
 * completes exceptionally for a reason outside of the program; what can't be done now is refused as {@code NOT_READY}.
 */
@ConsumerType
public interface ComputeDriver {
    /** The service property that names a driver's kind, such as {@code nova}. */
    String TYPE = "compute.type";

    /**
     * Begins to make an instance, and doesn't wait until it runs.
     *
     * @return the instance; one that is there already is given as it is, whatever the spec says. Refused CONFLICT when
     *     there is no room for one more
     */
    CompletionStage<Outcome<Instance>> create(InstanceSpec spec);

    /** The instance as it is now; empty when there is none. One that is being deleted may still be found. */
    CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId);

    /** Done when nothing of it runs any more, with true when it was there, false when it wasn't (any more). */
    CompletionStage<Outcome<Boolean>> delete(String amphoraId);

    /**
     * Puts one more network card into an instance; one that is there stays.
     *
     * @return refused NOT_FOUND when there is no such instance
     */
    CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port);

    /**
     * Takes a network card out. One that isn't there is out.
     *
     * @return refused NOT_FOUND when there is no such instance
     */
    CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId);

    /** All instances that this driver made for amphorae, by amphora id: what nobody knows any more is to be deleted. */
    CompletionStage<Outcome<List<Instance>>> list();
}
