// SPDX-License-Identifier: Apache-2.0
/** The component that publishes the speaker. */
@NullMarked
package org.l3distributor.bgp.speaker.internal;

import org.jspecify.annotations.NullMarked;
