// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.http;

/**
 * What came back from one attempt.
 *
 * <p>An attempt either brought a whole answer, of whatever status, or a reason why there is none.
 */
public sealed interface Answer {
    /** @param body at most {@link BoundedBody#LIMIT} bytes */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(int status, byte[] body) implements Answer {}

    /**
     * No answer.
     *
     * @param sent whether the request may have reached the amphora's API
     * @param hopeless whether the same again would end the same: a certificate was refused, or the answer is too long
     */
    record None(String reason, boolean sent, boolean hopeless) implements Answer {}
}
