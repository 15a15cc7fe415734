// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/** That an amphora serves a load balancer, led by a distributor (null = none): a row of amphora_registration. */
public record AmphoraRegistration(
        String amphoraId, String loadBalancerId, @Nullable String distributorId) {}
