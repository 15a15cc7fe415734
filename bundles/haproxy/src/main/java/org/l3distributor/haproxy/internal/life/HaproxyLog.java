// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the engine may say. */
final class HaproxyLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.haproxy");

    void changed(String lb, Life before, Life now) {
        if (before.state() != now.state() || !before.reason().equals(now.reason())) {
            LOG.info(
                    "lb={} state={}->{} master={} worker={} listening={} reason=\"{}\"",
                    lb,
                    before.state(),
                    now.state(),
                    now.master(),
                    now.worker(),
                    now.listening(),
                    now.reason());
        }
    }

    void adopted(String lb, long master, long worker) {
        LOG.info("lb={} adopted master={} worker={}", lb, master, worker);
    }

    void rejected(String lb, String output) {
        LOG.warn("lb={} upload rejected=\"{}\"", lb, output.strip());
    }

    void failed(String lb, String message, String details) {
        LOG.error("lb={} failed=\"{}\" details=\"{}\"", lb, message, details.strip());
    }

    void restart(String lb, Duration in) {
        LOG.warn("lb={} restart_in_ms={}", lb, in.toMillis());
    }

    void killed(String lb, List<Long> pids) {
        LOG.warn("lb={} did not end by SIGTERM, killed={}", lb, pids);
    }

    void stray(String lb, long pid) {
        LOG.warn("lb={} HAProxy in another namespace ended pid={}", lb, pid);
    }

    void stateNotSaved(String lb, String why) {
        LOG.warn("lb={} servers_state not saved=\"{}\"", lb, why);
    }

    void restored(String lb, String why) {
        LOG.warn(
                "lb={} the configuration that served is put back, for the uploaded one can't be used=\"{}\"",
                lb,
                why.strip());
    }

    void relaunched(String lb) {
        LOG.warn("lb={} started anew instead of reloaded: its statistics socket has been removed", lb);
    }

    void unreadable(String lb, String why) {
        LOG.warn("lb={} can't be looked at=\"{}\"", lb, why);
    }

    /** Each time that it is tried. */
    void unwatched(String lb, long pid, Throwable why) {
        LOG.warn("lb={} pid={} can't be watched=\"{}\"", lb, pid, why.getMessage());
    }

    void bug(String lb, Throwable fault) {
        LOG.error("lb={} an operation failed by a bug", lb, fault);
    }

    void listenerFailed(RuntimeException fault) {
        LOG.error("a listener failed; the others are still told", fault);
    }
}
