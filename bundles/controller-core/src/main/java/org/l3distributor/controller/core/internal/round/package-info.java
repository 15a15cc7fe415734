// SPDX-License-Identifier: Apache-2.0
/**
 * What comes up again and again, whatever users do: machines that nobody knows are removed, and certificates renewed before
 * they end. Each round is a task that is never over, so that one controller does it at a time, and another one when that dies.
 */
@NullMarked
package org.l3distributor.controller.core.internal.round;

import org.jspecify.annotations.NullMarked;
