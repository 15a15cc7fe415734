// SPDX-License-Identifier: Apache-2.0
/** What is observed of listeners, pools and members, out of what several amphorae say: decisions, without tables or threads. */
@NullMarked
package org.l3distributor.controller.core.internal.state;

import org.jspecify.annotations.NullMarked;
