// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

/**
 * "Send me your routes again" (RFC 2918), or the marks around such a sending (RFC 7313).
 *
 * @param subtype 0..255; others than the three named ones are to be ignored
 */
public record RouteRefreshMessage(AfiSafi family, int subtype) implements BgpMessage {
    public static final int REQUEST = 0;
    public static final int BEGIN = 1;
    public static final int END = 2;

    public RouteRefreshMessage {
        if (subtype < 0 || subtype > 0xFF) {
            throw new IllegalArgumentException("the subtype must be 0..255, got " + subtype);
        }
    }

    @Override
    public MessageType type() {
        return MessageType.ROUTE_REFRESH;
    }
}
