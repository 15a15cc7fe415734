// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import org.l3distributor.bgp.message.BgpMessage;

/** What a frame said: a message, an UPDATE that was judged and counted, or an error that ends the session. */
public sealed interface Decoded permits Decoded.Message, Decoded.Update, ProtocolError {
    /** A message in full. */
    record Message(BgpMessage message) implements Decoded {}

    /** An UPDATE of which only the counts and the verdict were kept. */
    record Update(InboundUpdate update) implements Decoded {}
}
