// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.function.Supplier;

/**
 * An answer's body, made when it is written: by the container's thread, never by the loop that completed the call.
 */
public record JsonBody(Supplier<Object> content) {}
