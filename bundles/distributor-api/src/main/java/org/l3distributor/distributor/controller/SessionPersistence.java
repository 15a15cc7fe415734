// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/**
 * How a client comes to the same member again.
 *
 * @param cookieName of APP_COOKIE, else null
 */
public record SessionPersistence(Type type, @Nullable String cookieName) {
    public enum Type {
        SOURCE_IP,
        HTTP_COOKIE,
        APP_COOKIE
    }
}
