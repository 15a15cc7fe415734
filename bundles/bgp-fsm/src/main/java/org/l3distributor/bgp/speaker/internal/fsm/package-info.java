// SPDX-License-Identifier: Apache-2.0
/** The machines: what a session and a peer do at each event. Pure: no clock, no I/O, no log. */
@NullMarked
package org.l3distributor.bgp.speaker.internal.fsm;

import org.jspecify.annotations.NullMarked;
