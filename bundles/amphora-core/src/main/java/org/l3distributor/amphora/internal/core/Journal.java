// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.view.EventLog;
import org.l3distributor.amphora.internal.wanted.Weights;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Writes what happened to the log and to the event history, in the same words. */
final class Journal {
    /** A bulk writes one line, not thousands. */
    private static final int MOST_LINES = 20;

    private final Loop loop;
    private final EventLog events;

    Journal(Loop loop, EventLog events) {
        this.loop = loop;
        this.events = events;
    }

    void registered(List<Registration> rows) {
        rows("registered", rows);
    }

    void unregistered(List<Registration> rows) {
        rows("unregistered", rows);
    }

    /** An own VIP appeared, or is served for another reason than before. */
    void own(OwnVip own) {
        event(
                null,
                "own",
                (own.served() ? "served" : "not_served") + " vip=" + own.vip() + " next_hop=" + own.nextHop()
                        + " reason=\"" + own.reason() + "\"");
    }

    /** Peers are told another share of a VIP: at most one line per VIP and {@link Weights#INTERVAL}. */
    void weighed(IpAddress vip, Weights.Said said) {
        event(null, "own", "weighed vip=" + vip + " back_ends=" + said.backEnds());
    }

    /** @param why in one word */
    void ownGone(OwnVip own, String why) {
        event(null, "own", why + " vip=" + own.vip());
    }

    /**
     * Own VIPs were withdrawn in writing from every established peer.
     *
     * @param after from when the cause was seen or asked for
     */
    void ownWithdrawn(List<IpAddress> vips, Duration after) {
        event(
                null,
                "own",
                "withdrawn vips=" + vips.stream().map(IpAddress::toString).collect(Collectors.joining(","))
                        + " written_ms=" + String.format(Locale.ROOT, "%.1f", after.toNanos() / 1e6));
    }

    void profile(@Nullable PeerId peer, String text) {
        event(peer, "profile", text);
    }

    /** Why a profile isn't taken. */
    void profileFault(ProfileFault fault) {
        events.add(loop.now(), null, "profile", "fault=\"" + fault + "\"");
        CoreLog.profileFault(fault);
    }

    /** What an operator told a peer's session to do. */
    void operator(PeerId peer, String text) {
        event(peer, "operator", text);
    }

    private void rows(String verb, List<Registration> rows) {
        if (rows.size() > MOST_LINES) {
            event(null, "registration", verb + " rows=" + rows.size());
            return;
        }
        for (Registration row : rows) {
            event(
                    row.peer(),
                    "registration",
                    verb + " vip=" + row.vip() + " next_hop=" + row.nextHop() + " owner=\"" + row.owner() + "\" peer="
                            + (row.peer() == null ? "all" : row.peer()));
        }
    }

    private void event(@Nullable PeerId peer, String kind, String text) {
        events.add(loop.now(), peer, kind, text);
        CoreLog.event(kind, peer == null || text.contains("peer=") ? text : "peer=" + peer + " " + text);
    }
}
