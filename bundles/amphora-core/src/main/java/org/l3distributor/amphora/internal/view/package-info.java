// SPDX-License-Identifier: Apache-2.0
/** What can be seen from outside: peers, events, readiness, metrics. */
@NullMarked
package org.l3distributor.amphora.internal.view;

import org.jspecify.annotations.NullMarked;
