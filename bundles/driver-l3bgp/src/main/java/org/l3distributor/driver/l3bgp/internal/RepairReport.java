// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.time.Duration;

/**
 * What a round of repair did.
 *
 * @param vips how many records were looked at
 * @param mended how many of them, and how many speakers with routes that nobody wants, were put right or tried to be
 * @param unasked amphorae that couldn't be asked
 */
record RepairReport(int distributors, int vips, int mended, int unasked, Duration took) {}
