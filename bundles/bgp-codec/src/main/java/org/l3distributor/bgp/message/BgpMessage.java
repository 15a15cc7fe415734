// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

/** One BGP message (RFC 4271 section 4). */
public sealed interface BgpMessage
        permits OpenMessage, UpdateMessage, NotificationMessage, KeepaliveMessage, RouteRefreshMessage {
    MessageType type();
}
