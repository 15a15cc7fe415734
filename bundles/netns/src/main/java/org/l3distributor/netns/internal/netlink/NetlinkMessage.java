// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.util.List;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;

/** What the kernel tells (rtnetlink(7)), as far as it matters here. */
sealed interface NetlinkMessage {
    /**
     * The answer to a request, NLMSG_ERROR.
     *
     * @param errno 0 when it was done
     */
    record Acknowledged(int sequence, int errno) implements NetlinkMessage {}

    /** The end of a dump, NLMSG_DONE. */
    record DumpEnd(int sequence, int errno) implements NetlinkMessage {}

    /** An interface is there, RTM_NEWLINK. */
    record LinkSeen(Link link) implements NetlinkMessage {}

    /** An address is there, RTM_NEWADDR. */
    record AddressSeen(LinkAddress address) implements NetlinkMessage {}

    /** Any other message. */
    record Other(int type) implements NetlinkMessage {}

    /**
     * The messages of one datagram.
     *
     * @param interrupted the table changed while it was dumped (NLM_F_DUMP_INTR): something may be missing
     */
    record Datagram(List<NetlinkMessage> messages, boolean interrupted) {
        public Datagram {
            messages = List.copyOf(messages);
        }
    }
}
