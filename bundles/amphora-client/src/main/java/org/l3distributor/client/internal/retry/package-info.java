// SPDX-License-Identifier: Apache-2.0
/** When to call again, and when not to call at all. Pure: time and chance come in with the question. */
@NullMarked
package org.l3distributor.client.internal.retry;

import org.jspecify.annotations.NullMarked;
