// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import org.l3distributor.amphora.internal.profile.Ports;
import org.l3distributor.amphora.internal.wanted.Gate;

/** What the core is told once. */
public record CoreSettings(Ports ports, Gate gate) {}
