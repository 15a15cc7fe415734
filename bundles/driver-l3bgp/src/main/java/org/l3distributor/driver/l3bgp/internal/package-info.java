// SPDX-License-Identifier: Apache-2.0
/** The driver of distributors of type L3_BGP. */
@NullMarked
package org.l3distributor.driver.l3bgp.internal;

import org.jspecify.annotations.NullMarked;
