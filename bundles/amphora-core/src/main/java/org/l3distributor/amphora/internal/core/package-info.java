// SPDX-License-Identifier: Apache-2.0
/** The loop that decides, the writer that makes durable, and the wait for the wire. */
@NullMarked
package org.l3distributor.amphora.internal.core;

import org.jspecify.annotations.NullMarked;
