// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param path with its query, from the first slash on
 * @param type the body's media type
 * @param body null = none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(String method, String path, String type, byte @Nullable [] body) {
    public static Request bare(String method, String path) {
        return new Request(method, path, "", null);
    }

    public static Request json(String method, String path, byte[] body) {
        return new Request(method, path, "application/json", body);
    }

    /** For a file that is taken as it is, whatever its type. */
    public static Request file(String path, byte[] body) {
        return new Request("PUT", path, "application/octet-stream", body);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
