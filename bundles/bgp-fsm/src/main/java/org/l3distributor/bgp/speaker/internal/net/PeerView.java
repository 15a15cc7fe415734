// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.fsm.Negotiated;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * What may be seen of a peer: its status behind one reference, its counters and its newest events. The peer's loop alone
 * writes; the readers at the end may be anybody.
 */
final class PeerView {
    private record Agreement(@Nullable IpAddress localAddress, Negotiated negotiated) {}

    private record Fault(String reason, Instant at) {}

    private record Status(
            PeerSettings settings,
            SessionState state,
            Instant since,
            @Nullable Agreement agreement,
            @Nullable Fault fault) {}

    private final PeerId id;
    private final Counters counters = new Counters();
    private final History history = new History();
    private final Consumer<PeerEvent> listeners;
    /** The complaint that need not be repeated; null after a session, for then it is news again. */
    private @Nullable String complained;
    /** The log was told of a malformed UPDATE in this session; a peer that sends many can't fill the disk. */
    private boolean malformedTold;

    private volatile Status status;
    private volatile long announced;
    private volatile long pending;

    PeerView(PeerSettings settings, Consumer<PeerEvent> listeners) {
        this.id = settings.id();
        this.listeners = listeners;
        this.status = new Status(settings, SessionState.IDLE, Instant.now(), null, null);
    }

    PeerId id() {
        return id;
    }

    Counters counters() {
        return counters;
    }

    void configured(PeerSettings settings) {
        Status now = status;
        status = new Status(settings, now.state, now.since, now.agreement, now.fault);
    }

    void established(@Nullable IpAddress localAddress, Negotiated negotiated) {
        counters.add(Counters.Name.ESTABLISHED_TRANSITIONS, 1);
        complained = null;
        malformedTold = false;
        Status now = status;
        status = new Status(now.settings, now.state, now.since, new Agreement(localAddress, negotiated), now.fault);
    }

    void down() {
        Status now = status;
        status = new Status(now.settings, now.state, now.since, null, now.fault);
    }

    void state(SessionState after, String reason) {
        Status now = status;
        status = new Status(now.settings, after, Instant.now(), now.agreement, now.fault);
        SpeakerLog.state(now.settings, now.state, after, reason);
        event("state", "state=" + now.state.rfcName() + "->" + after.rfcName() + " reason=" + reason);
    }

    /** Something went wrong: the log is told once until there has been a session. */
    void failed(String kind, String reason) {
        if (!reason.equals(complained)) {
            complained = reason;
            SpeakerLog.failed(status.settings, reason);
        }
        ended(kind, reason);
    }

    /** A session has ended because this side wanted it to. */
    void ended(String kind, String reason) {
        Status now = status;
        if (now.fault == null || !reason.equals(now.fault.reason)) {
            event(kind, "reason=" + reason);
        }
        status = new Status(now.settings, now.state, now.since, now.agreement, new Fault(reason, Instant.now()));
    }

    void malformed(String treatment, String reason) {
        counters.add(Counters.Name.UPDATES_MALFORMED, 1);
        if (!malformedTold) {
            malformedTold = true;
            SpeakerLog.malformed(status.settings, treatment, reason);
            event("updates", "malformed treatment=" + treatment + " reason=" + reason);
        }
    }

    void event(String kind, String text) {
        PeerEvent event = new PeerEvent(Instant.now(), id, kind, text);
        history.add(event);
        listeners.accept(event);
    }

    void routes(long told, long waiting) {
        announced = told;
        pending = waiting;
    }

    /** What the running session has agreed on; null when none is established. */
    @Nullable
    Negotiated negotiated() {
        Agreement agreement = status.agreement;
        return agreement == null ? null : agreement.negotiated;
    }

    List<PeerEvent> history() {
        return history.newestFirst();
    }

    PeerSnapshot snapshot() {
        Status now = status;
        Negotiated agreed = now.agreement == null ? null : now.agreement.negotiated;
        return new PeerSnapshot(
                now.settings,
                now.state,
                now.since,
                now.agreement == null ? null : now.agreement.localAddress,
                agreed == null ? null : agreed.remote().identifier(),
                agreed == null ? null : agreed.holdTime(),
                agreed == null ? null : agreed.keepalive(),
                agreed == null ? Set.of() : agreed.families(),
                Negotiated.offered(now.settings),
                agreed == null ? List.of() : Negotiated.words(agreed.remote().capabilities()),
                counters.snapshot(),
                announced,
                pending,
                now.fault == null ? null : now.fault.reason,
                now.fault == null ? null : now.fault.at);
    }
}
