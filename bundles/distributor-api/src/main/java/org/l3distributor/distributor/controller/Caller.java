// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.Set;

/**
 * Who asks.
 *
 * @param projectId the project that the caller works in; "" when in none
 * @param roles in lower case
 */
public record Caller(String projectId, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }
}
