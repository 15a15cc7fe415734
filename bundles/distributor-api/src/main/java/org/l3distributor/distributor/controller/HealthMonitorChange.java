// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a user changes of a health monitor. */
public record HealthMonitorChange(
        HeaderChange header,
        Change<Integer> delay,
        Change<Integer> timeout,
        Change<Integer> maxRetries,
        Change<Integer> maxRetriesDown,
        Change<String> httpMethod,
        Change<String> urlPath,
        Change<String> expectedCodes,
        Change<String> httpVersion,
        Change<String> domainName) {
    public HealthMonitor of(HealthMonitor old, Instant now) {
        return new HealthMonitor(
                old.header().changed(header, now),
                old.poolId(),
                old.type(),
                delay.or(old.delay()),
                timeout.or(old.timeout()),
                maxRetries.or(old.maxRetries()),
                maxRetriesDown.or(old.maxRetriesDown()),
                check(old.http()));
    }

    private @Nullable HttpCheck check(@Nullable HttpCheck old) {
        return old == null
                ? null
                : new HttpCheck(
                        httpMethod.or(old.method()),
                        urlPath.or(old.urlPath()),
                        expectedCodes.or(old.expectedCodes()),
                        httpVersion.orNull(old.version()),
                        domainName.orNull(old.domainName()));
    }

    boolean speaksHttp() {
        return httpMethod.given()
                || urlPath.given()
                || expectedCodes.given()
                || httpVersion.given()
                || domainName.given();
    }
}
