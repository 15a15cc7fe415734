// SPDX-License-Identifier: Apache-2.0
/** The shell: sockets, timers and the loop that obeys the machines. */
@NullMarked
package org.l3distributor.bgp.speaker.internal.net;

import org.jspecify.annotations.NullMarked;
