// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;

/** That an amphora was taken out of a load balancer; so many are allowed in a window of time. */
public record Withdrawal(String id, String loadBalancerId, String amphoraId, Instant at) {}
