// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

/** The first 19 octets of a message, judged: a good header, too few octets yet, or an error that ends the session. */
public sealed interface HeaderCheck permits BgpHeader, HeaderCheck.Incomplete, ProtocolError {
    /** More octets are needed to judge. */
    enum Incomplete implements HeaderCheck {
        INSTANCE
    }
}
