// SPDX-License-Identifier: Apache-2.0
/** Which speaker announces which next hop to which peers. Pure. */
@NullMarked
package org.l3distributor.driver.l3bgp.internal.place;

import org.jspecify.annotations.NullMarked;
