// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import org.osgi.annotation.versioning.ConsumerType;

/** What an installed role says of itself, for whoever looks after the process; one service for each role that says anything. */
@ConsumerType
public interface RoleStatus {
    /** One line that begins with the role: that it works, or what it waits for. Any thread; returns at once, never throws. */
    String status();
}
