// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.Set;
import org.l3distributor.amphora.internal.profile.Ports;
import org.l3distributor.amphora.internal.wanted.Gate;

/**
 * What the core is told once.
 *
 * @param roles installed roles, without "role-"; empty when not known
 */
public record CoreSettings(Set<String> roles, Ports ports, Gate gate) {
    public CoreSettings {
        roles = Set.copyOf(roles);
    }
}
