// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** What is observed of something that should work; Octavia's table operating_status. */
public enum OperatingStatus {
    ONLINE,
    OFFLINE,
    DEGRADED,
    ERROR,
    DRAINING,
    NO_MONITOR
}
