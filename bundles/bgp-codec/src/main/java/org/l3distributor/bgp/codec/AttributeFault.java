// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

/**
 * What was wrong with one path attribute.
 *
 * @param typeCode the attribute's type, 0..255
 * @param treatment what it leads to; never {@link Treatment#NONE}
 * @param reason in words for a log
 */
public record AttributeFault(int typeCode, Treatment treatment, String reason) {}
