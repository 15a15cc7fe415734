// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.concurrent.CompletionStage;

/**
 * A program that was started.
 *
 * @param pid of the program itself, not of something around it
 * @param exitStatus completes after its end with what it returned, 128 + n when signal n ended it; only known to the
 *     process that started it
 */
public record StartedProgram(long pid, CompletionStage<Integer> exitStatus) {}
