// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.util.List;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.Route;
import org.l3distributor.netns.SourceRule;

/** What the kernel tells (rtnetlink(7), sock_diag(7)), as far as it matters here. */
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
    record LinkSeen(Link link, LinkTraffic traffic) implements NetlinkMessage {}

    /** An address is there, RTM_NEWADDR. */
    record AddressSeen(LinkAddress address) implements NetlinkMessage {}

    /** A unicast route through one link is there, RTM_NEWROUTE. */
    record RouteSeen(Route route) implements NetlinkMessage {}

    /** A rule for one source address is there, RTM_NEWRULE. */
    record RuleSeen(SourceRule rule) implements NetlinkMessage {}

    /** A TCP socket listens. */
    record ListenerSeen(ListeningSocket socket) implements NetlinkMessage {}

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
