// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the listener may log. */
final class HttpLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.http");

    private HttpLog() {}

    /** @param certificate null: without TLS */
    static void listens(String url, @Nullable X509Certificate certificate) {
        if (certificate == null) {
            LOG.info("http=listens url={}", url);
        } else {
            LOG.info("https=listens url={} subject=\"{}\" until={}", url, subject(certificate), until(certificate));
        }
    }

    static void waits(String address, String reason) {
        LOG.warn("https=waits address={} reason=\"{}\"; it is tried again until it can be had", address, reason);
    }

    static void renewed(X509Certificate certificate) {
        LOG.info("https=certificate-renewed subject=\"{}\" until={}", subject(certificate), until(certificate));
    }

    static void notRenewed(String reason) {
        LOG.warn("https=certificate-refused reason=\"{}\"; the one in use stays", reason);
    }

    static void refused(String peer, Throwable cause, long untold) {
        LOG.warn("https=client-refused client={} reason=\"{}\" more_since_last={}", peer, cause.getMessage(), untold);
    }

    static void clientGone(int status, IOException cause) {
        LOG.debug("https=client-gone untold={} cause={}", status, cause.toString());
    }

    static void clientGone(String path, Throwable cause) {
        LOG.debug("https=client-gone path={} cause={}", path, cause.toString());
    }

    static void stopped(String url) {
        LOG.info("https=stopped url={}", url);
    }

    static void broke(String url) {
        LOG.error("https=broke url={} reason=\"nobody listens there any more\"; it is opened again", url);
    }

    static void stopFailed(Exception cause) {
        LOG.warn("https=stop-failed", cause);
    }

    static void watchFailed(RuntimeException cause) {
        LOG.error("https=watch-failed; it goes on", cause);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String until(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().toString();
    }
}
