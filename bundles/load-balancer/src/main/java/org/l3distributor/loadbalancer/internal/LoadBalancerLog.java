// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that this bundle writes. */
final class LoadBalancerLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.loadbalancer");

    private LoadBalancerLog() {}

    static void failed(String what, Throwable e) {
        LOG.error("load-balancer=failed what=\"{}\"", what, e);
    }
}
