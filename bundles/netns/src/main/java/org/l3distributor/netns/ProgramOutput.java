// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/**
 * What came of a program.
 *
 * @param exitStatus what it returned, 128 + n when signal n ended it
 * @param text standard output and error as they came, the first MiB
 */
public record ProgramOutput(int exitStatus, String text) {}
