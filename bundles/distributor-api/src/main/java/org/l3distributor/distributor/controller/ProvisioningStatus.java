// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** How far a change of something has got; Octavia's table provisioning_status. */
public enum ProvisioningStatus {
    ACTIVE,
    ALLOCATED,
    BOOTING,
    READY,
    FAILOVER_STOPPED,
    PENDING_CREATE,
    PENDING_UPDATE,
    PENDING_DELETE,
    DELETED,
    ERROR;

    /** Whether a user may change what is in this state; while a change is on its way nobody may make another one. */
    public boolean isMutable() {
        return this == ACTIVE;
    }

    /** Whether a user may delete, or have failed over, what is in this state. */
    public boolean isDeletable() {
        return this == ACTIVE || this == ERROR;
    }
}
