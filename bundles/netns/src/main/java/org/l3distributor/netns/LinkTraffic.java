// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/**
 * What went through an interface since it exists, as the kernel counts it.
 *
 * @param received bytes
 * @param sent bytes
 */
public record LinkTraffic(long received, long sent) {
    public static final LinkTraffic NONE = new LinkTraffic(0, 0);
}
