// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

/**
 * What RFC 7606 section 2 does with a malformed UPDATE, weakest first. Its third and fourth way, to disable a family or to
 * reset the session, both are a {@link ProtocolError} here.
 */
public enum Treatment {
    NONE,
    /** The attribute is dropped, the routes stay. */
    ATTRIBUTE_DISCARD,
    /** The routes count as withdrawn. */
    TREAT_AS_WITHDRAW
}
