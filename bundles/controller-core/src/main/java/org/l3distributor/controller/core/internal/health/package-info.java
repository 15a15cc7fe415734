// SPDX-License-Identifier: Apache-2.0
/** Whether amphorae live, and what follows when they don't: decisions, without threads, sockets or tables. */
@NullMarked
package org.l3distributor.controller.core.internal.health;

import org.jspecify.annotations.NullMarked;
