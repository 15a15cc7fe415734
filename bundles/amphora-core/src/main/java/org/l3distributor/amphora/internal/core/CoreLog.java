// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import org.l3distributor.distributor.profile.ProfileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle may log. */
public final class CoreLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.amphora");

    private CoreLog() {}

    /** What an operator would note on paper. */
    public static void event(String kind, String text) {
        LOG.info("{} {}", kind, text);
    }

    public static void storeFault(String reason) {
        LOG.warn("store fault reason=\"{}\"", reason);
    }

    public static void storeOpen(int registrations, int overrides) {
        LOG.info("store open registrations={} overrides={}", registrations, overrides);
    }

    static void profileFault(ProfileFault fault) {
        LOG.warn("profile fault=\"{}\"", fault);
    }

    /** Ordinary while a network comes up. */
    static void hostFault(String what, Exception e) {
        LOG.debug("host unknown=\"{}\"", what, e);
    }

    static void bug(RuntimeException e) {
        LOG.error("bug in a task of the core loop", e);
    }

    static void lateTask(Exception e) {
        LOG.debug("task after the loop's end", e);
    }
}
