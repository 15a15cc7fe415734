// SPDX-License-Identifier: Apache-2.0
/** Effects as calls of drivers and amphorae. Every method may be called from any thread and returns at once. */
@NullMarked
package org.l3distributor.controller.core.internal.drivers;

import org.jspecify.annotations.NullMarked;
