// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle may say about one namespace. */
final class NetnsLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.netns");

    private final String namespace;

    NetnsLog(String namespace) {
        this.namespace = namespace;
    }

    void state(NamespaceState from, NamespaceState to) {
        LOG.info("namespace={} state={}->{}", namespace, from, to);
    }

    void vip(IpAddress vip, boolean onLo) {
        LOG.info("namespace={} vip={} on_lo={}", namespace, vip, onLo);
    }

    void plugged(InterfaceStatus status) {
        LOG.info(
                "namespace={} interface={} mac={} fault=\"{}\"",
                namespace,
                status.name(),
                status.mac(),
                status.fault().orElse(""));
    }

    void repaired(NetnsOperation operation) {
        LOG.warn("namespace={} drift repaired=\"{}\"", namespace, operation);
    }

    void refused(NetnsException error, Duration retryIn) {
        LOG.warn("namespace={} refused=\"{}\" retry_in_ms={}", namespace, error.getMessage(), retryIn.toMillis());
    }

    void died(Throwable cause) {
        LOG.error("namespace={} its thread ended; the next request starts another one", namespace, cause);
    }

    void listenerFailed(RuntimeException cause) {
        LOG.error("namespace={} a listener failed; the others are still told", namespace, cause);
    }

    void restored(int vips, int interfaces) {
        LOG.info("namespace={} restored_vips={} restored_interfaces={}", namespace, vips, interfaces);
    }
}
