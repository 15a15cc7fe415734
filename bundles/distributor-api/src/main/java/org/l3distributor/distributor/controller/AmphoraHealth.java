// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;

/**
 * When an amphora was last heard of.
 *
 * @param busy something is being done to it: nobody else may begin anything
 */
public record AmphoraHealth(String amphoraId, Instant lastUpdate, boolean busy) {}
