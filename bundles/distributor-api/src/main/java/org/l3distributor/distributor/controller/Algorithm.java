// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** How a pool chooses a member for a connection. */
public enum Algorithm {
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    SOURCE_IP
}
