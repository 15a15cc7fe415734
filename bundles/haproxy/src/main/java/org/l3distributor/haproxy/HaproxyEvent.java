// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.time.Instant;

/**
 * Something is otherwise than before.
 *
 * @param seen when it was seen; of a process's end, when the kernel told of it
 * @param now how it is, perhaps with what happened since
 */
public record HaproxyEvent(Instant seen, HaproxySnapshot now) {}
