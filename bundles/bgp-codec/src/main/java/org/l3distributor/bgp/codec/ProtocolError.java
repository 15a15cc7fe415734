// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;

/**
 * The peer broke the protocol so that the session must end (RFC 4271 section 6, RFC 7606).
 *
 * @param notification what to send before closing
 * @param reason what was wrong, in words for a log
 */
public record ProtocolError(NotificationMessage notification, String reason) implements Decoded, HeaderCheck {
    public static ProtocolError of(BgpError error, String reason) {
        return new ProtocolError(NotificationMessage.of(error), reason);
    }

    public static ProtocolError of(BgpError error, Octets data, String reason) {
        return new ProtocolError(NotificationMessage.of(error, data), reason);
    }

    public int code() {
        return notification.code();
    }

    public int subcode() {
        return notification.subcode();
    }

    public Octets data() {
        return notification.data();
    }
}
