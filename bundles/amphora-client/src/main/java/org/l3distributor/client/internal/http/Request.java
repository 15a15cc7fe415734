// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param path with its query, from the first slash on
 * @param json the body; null = none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(String method, String path, byte @Nullable [] json) {
    @Override
    public String toString() {
        return method + " " + path;
    }
}
