// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import org.l3distributor.netns.ProcessSignal;

/** A process that began a session, with all that it started. */
public final class ProcessGroup {
    private ProcessGroup() {}

    /** Kills all of them; nothing when they have ended. */
    public static void kill(long leader) {
        try {
            LibC.kill((int) -leader, ProcessSignal.KILL.number());
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.ESRCH) {
                throw Errno.exception("kill process group " + leader, "the host", e.getErrorCode());
            }
        }
    }
}
