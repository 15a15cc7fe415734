// SPDX-License-Identifier: Apache-2.0
/** What is wanted, what each peer has, and the UPDATEs between the two. No I/O; used by the loop alone. */
@NullMarked
package org.l3distributor.bgp.speaker.internal.rib;

import org.jspecify.annotations.NullMarked;
