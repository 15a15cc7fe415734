// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;

/** A row of table health_monitor. */
@Entity(name = "HealthMonitorRow")
@Table(name = "health_monitor")
class HealthMonitorRow extends ResourceRow {
    @Column(name = "pool_id")
    String poolId = "";

    @Column(name = "type")
    String type = "";

    @Column(name = "delay")
    int delay;

    @Column(name = "timeout")
    int timeout;

    @Column(name = "fall_threshold")
    int fall;

    @Column(name = "rise_threshold")
    int rise;

    @Column(name = "http_method")
    @Nullable
    String httpMethod;

    @Column(name = "url_path")
    @Nullable
    String urlPath;

    @Column(name = "expected_codes")
    @Nullable
    String expectedCodes;

    @Column(name = "http_version")
    @Nullable
    Double httpVersion;

    @Column(name = "domain_name")
    @Nullable
    String domainName;

    HealthMonitor toValue(List<String> tags) {
        HealthMonitor.Type kind = Words.of(HealthMonitor.Type.class, type.replace('-', '_'), "health_monitor " + id);
        return new HealthMonitor(
                toHeader(null, tags), poolId, kind, delay, timeout, rise, fall, kind.speaksHttp() ? http() : null);
    }

    private HttpCheck http() {
        return new HttpCheck(
                httpMethod == null ? "GET" : httpMethod,
                urlPath == null ? "/" : urlPath,
                expectedCodes == null ? "200" : expectedCodes,
                // MariaDB's float has four bytes: 1.1 comes back as 1.100000023841858
                httpVersion == null ? null : Double.toString(Math.round(httpVersion * 10) / 10.0),
                domainName);
    }

    void set(HealthMonitor value) {
        set(value.header());
        poolId = value.poolId();
        type = value.type().word();
        delay = value.delay();
        timeout = value.timeout();
        rise = value.maxRetries();
        fall = value.maxRetriesDown();
        HttpCheck http = value.http();
        httpMethod = http == null ? null : http.method();
        urlPath = http == null ? null : http.urlPath();
        expectedCodes = http == null ? null : http.expectedCodes();
        String httpVersionText = http == null ? null : http.version();
        httpVersion = httpVersionText == null ? null : Double.valueOf(httpVersionText);
        domainName = http == null ? null : http.domainName();
    }
}
