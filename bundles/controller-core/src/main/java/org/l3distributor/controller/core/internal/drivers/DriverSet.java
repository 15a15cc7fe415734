// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.Optional;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.network.NetworkDriver;

/** The drivers that are there now: each may come and go while the controller runs. */
public interface DriverSet {
    Optional<ComputeDriver> compute();

    Optional<NetworkDriver> network();

    /** @param type of the distributor */
    Optional<DistributorDriver> distributor(String type);

    Optional<AmphoraClients> amphorae();
}
