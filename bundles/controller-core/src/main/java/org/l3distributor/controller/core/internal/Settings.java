// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import org.l3distributor.controller.core.internal.beat.HealthManager;
import org.l3distributor.controller.core.internal.drivers.DriverEffects;
import org.l3distributor.controller.core.internal.files.ControllerFiles;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.controller.core.internal.round.SweepRound;
import org.l3distributor.controller.core.internal.run.Worker;

/**
 * What a controller was told, checked, its files read.
 *
 * @param distributorType of the distributor that leads traffic to new load balancers
 * @param amphorae of a load balancer, 1..64
 * @param issuer makes the amphorae's certificates
 * @param sweep when machines are removed that nobody knows
 */
record Settings(
        String distributorType,
        int amphorae,
        DriverEffects.Settings effects,
        ControllerFiles.Settings files,
        CertificateIssuer issuer,
        HealthManager.Settings beats,
        Worker.Settings work,
        SweepRound.Settings sweep) {}
