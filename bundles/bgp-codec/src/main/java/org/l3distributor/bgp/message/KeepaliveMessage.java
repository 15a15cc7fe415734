// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

/** "I am still here" (RFC 4271 section 4.4): it says nothing else, hence there is but one. */
public enum KeepaliveMessage implements BgpMessage {
    INSTANCE;

    @Override
    public MessageType type() {
        return MessageType.KEEPALIVE;
    }
}
