// SPDX-License-Identifier: Apache-2.0
/**
 * Takes heartbeats in, and lets silent amphorae be replaced. Threads: one receives, one writes, one looks for who is
 * silent.
 */
@NullMarked
package org.l3distributor.controller.core.internal.beat;

import org.jspecify.annotations.NullMarked;
