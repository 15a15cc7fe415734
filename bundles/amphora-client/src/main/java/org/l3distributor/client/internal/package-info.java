// SPDX-License-Identifier: Apache-2.0
/** The client of amphorae. */
@NullMarked
package org.l3distributor.client.internal;

import org.jspecify.annotations.NullMarked;
