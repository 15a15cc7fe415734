// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

/**
 * TCP ports of BGP, 179 but in tests.
 *
 * @param listen where peers may connect, 0 = nowhere
 * @param peer where the peers listen
 */
public record Ports(int listen, int peer) {
    public static final Ports BGP = new Ports(179, 179);
}
