// SPDX-License-Identifier: Apache-2.0
/** Strict JSON: nothing is guessed, coerced or ignored, and every fault is named. */
@NullMarked
package org.l3distributor.rest.internal.json;

import org.jspecify.annotations.NullMarked;
