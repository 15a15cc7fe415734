// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import io.netty.buffer.ByteBuf;

/**
 * UPDATEs for one write.
 *
 * @param bytes owned by whoever holds the batch
 * @param updates number of UPDATE messages, End-of-RIBs among them
 * @param refreshes number of ROUTE-REFRESH messages
 * @param number ascending; {@link AdjRibOut#written} tells that this and all before are written
 */
public record Batch(ByteBuf bytes, int updates, int refreshes, long number) {}
