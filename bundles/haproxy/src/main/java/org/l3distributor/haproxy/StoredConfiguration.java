// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

/**
 * A load balancer's configuration as it lies on the disk. It isn't in use before the next start or reload.
 *
 * @param loadBalancer its id
 * @param text what was uploaded, without {@code group} lines
 * @param md5 of the text, in hex: Octavia's ETag
 * @param content what it says
 */
public record StoredConfiguration(String loadBalancer, String text, String md5, HaproxyConfiguration content) {}
