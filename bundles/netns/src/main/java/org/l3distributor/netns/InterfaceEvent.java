// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/**
 * The {@linkplain InterfaceStatus#fault() fault} of a plugged interface came, went or became another one, or its
 * addresses did, whoever gave it those.
 */
public record InterfaceEvent(String namespace, InterfaceStatus status) {}
