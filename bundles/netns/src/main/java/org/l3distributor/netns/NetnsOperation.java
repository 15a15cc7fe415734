// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** One change to a namespace; its text says it in words. */
public sealed interface NetnsOperation {
    /** Sets {@code lo} administratively up. */
    record LoopbackUp() implements NetnsOperation {
        @Override
        public String toString() {
            return "set lo up";
        }
    }

    /**
     * Writes a kernel setting.
     *
     * @param path below {@code /proc/sys}
     */
    record WriteSysctl(String path, String value) implements NetnsOperation {
        @Override
        public String toString() {
            return "set " + path + " to " + value;
        }
    }

    /** Puts a VIP on {@code lo}. */
    record AddVip(IpAddress vip) implements NetnsOperation {
        @Override
        public String toString() {
            return "add " + IpPrefix.host(vip) + " to lo";
        }
    }

    /** Takes a VIP off {@code lo}. */
    record RemoveVip(IpAddress vip) implements NetnsOperation {
        @Override
        public String toString() {
            return "remove " + IpPrefix.host(vip) + " from lo";
        }
    }
}
