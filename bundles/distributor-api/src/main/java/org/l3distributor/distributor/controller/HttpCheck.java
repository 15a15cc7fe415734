// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/**
 * The request of a check, and the answer that is expected.
 *
 * @param expectedCodes "200", "200, 202" or "200-204"
 * @param version "1.0" or "1.1"; null: HAProxy's
 * @param domainName for the Host header, with version 1.1 only
 */
public record HttpCheck(
        String method,
        String urlPath,
        String expectedCodes,
        @Nullable String version,
        @Nullable String domainName) {}
