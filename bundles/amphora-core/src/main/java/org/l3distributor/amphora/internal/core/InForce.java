// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.profile.Choice;
import org.l3distributor.amphora.internal.profile.Plan;
import org.l3distributor.amphora.internal.profile.Ports;
import org.l3distributor.amphora.internal.profile.RouterIds;
import org.l3distributor.amphora.internal.wanted.Announcements;
import org.l3distributor.amphora.internal.wanted.Gate;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.amphora.internal.wanted.Terms;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.service.AgentConfiguration.Snapshot;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * The profile in force and what follows from it: the speaker's settings, what may be registered, what is announced.
 * Changed on the loop; {@link #state} is for any thread.
 *
 * <p>Nothing is given to the speaker before the store has been read once: an override or a peer held down must not
 * take effect a moment after the file's profile has brought the sessions up. Nor is a profile ever taken away from the
 * speaker: without a good one, the last one stays.
 */
final class InForce {
    static final Snapshot NO_FILE = new Snapshot(null, null, List.of(), "none");

    /** What was given, and what came of it. */
    record State(
            Snapshot file,
            @Nullable ProfileDraft override,
            Set<PeerId> disabled,
            Choice choice,
            Host host,
            @Nullable RouterIds routerIds,
            Announcements announcements) {
        Plan planFor(BgpProfile profile, Ports ports) {
            RouterIds ids = RouterIds.derive(routerIds, host, addresses(profile), file.amphoraId());
            return new Plan(ids.id(), disabled, ports);
        }
    }

    private final BgpSpeaker speaker;
    private final Announcer announcer;
    private final Own own;
    private final ChangeQueue queue;
    private final HostWatch watch;
    private final Journal journal;
    private final Ports ports;
    private final Gate gate;

    private volatile State state;
    private volatile Set<String> roles = Set.of();
    private boolean storeRead;
    private @Nullable BgpProfile announcedUnder;

    InForce(
            BgpSpeaker speaker,
            Announcer announcer,
            Own own,
            Gate gate,
            ChangeQueue queue,
            HostWatch watch,
            Journal journal,
            CoreSettings settings) {
        this.speaker = speaker;
        this.announcer = announcer;
        this.own = own;
        this.queue = queue;
        this.watch = watch;
        this.journal = journal;
        this.ports = settings.ports();
        this.gate = gate;
        state = new State(
                NO_FILE,
                null,
                Set.of(),
                Choice.NONE,
                Host.UNKNOWN,
                null,
                new Announcements(new Terms(null, List.of(), Host.UNKNOWN), gate));
    }

    /** The installed roles, without "role-"; empty while not known. */
    Set<String> roles() {
        return roles;
    }

    /** These roles are installed: what the profile says of the appliance must not contradict them. */
    void roles(Set<String> installed) {
        if (!installed.equals(roles)) {
            roles = Set.copyOf(installed);
            reconsider(() -> {});
        }
    }

    State state() {
        return state;
    }

    Announcements announcements() {
        return state.announcements;
    }

    /** The agent's configuration was read. */
    void file(Snapshot file) {
        State s = state;
        state = new State(file, s.override, s.disabled, s.choice, s.host, s.routerIds, s.announcements);
        reconsider(() -> {});
    }

    /** The store was read: its rows are in the registry, and these are its overrides. */
    void storeRead(@Nullable ProfileDraft override, Set<PeerId> disabled) {
        storeRead = true;
        announcedUnder = null;
        overridden(override, disabled, () -> {});
    }

    /** The override or the peers held down have changed, durably; runs {@code then} when that is in force. */
    void overridden(@Nullable ProfileDraft override, Set<PeerId> disabled, Runnable then) {
        State s = state;
        state = new State(s.file, override, Set.copyOf(disabled), s.choice, s.host, s.routerIds, s.announcements);
        reconsider(then);
    }

    /** Looks whether the host's addresses have changed. */
    void lookAround() {
        watch.look(addresses(state.choice.profile()), host -> {
            if (!host.equals(state.host)) {
                apply(host);
            }
        });
    }

    private void reconsider(Runnable then) {
        State s = state;
        Choice choice =
                storeRead ? s.choice.next(s.file, s.override, roles) : new Choice(null, "none", s.file.faults());
        tell(s.choice, choice);
        state = new State(s.file, s.override, s.disabled, choice, s.host, s.routerIds, s.announcements);
        watch.look(addresses(choice.profile()), host -> {
            apply(host);
            then.run();
        });
    }

    private void apply(Host host) {
        State s = state;
        BgpProfile profile = s.choice.profile();
        RouterIds ids = profile == null
                ? s.routerIds
                : RouterIds.derive(s.routerIds, host, addresses(profile), s.file.amphoraId());
        Announcements announcements = new Announcements(new Terms(profile, s.choice.faults(), host), gate);
        state = new State(s.file, s.override, s.disabled, s.choice, host, ids, announcements);
        if (profile == null) {
            return;
        }
        speaker.configure(state.planFor(profile, ports).settings(profile));
        if (!profile.equals(announcedUnder)) {
            announcedUnder = profile;
            announcer.replaceAll(queue.durableRows(), announcements);
            own.under(announcements.terms());
        }
    }

    private void tell(Choice before, Choice now) {
        for (ProfileFault fault : now.faults()) {
            if (!before.faults().contains(fault)) {
                journal.profileFault(fault);
            }
        }
        BgpProfile profile = now.profile();
        if (profile != null && !profile.equals(before.profile())) {
            journal.profile(
                    null,
                    "in_force origin=\"" + now.origin() + "\" peers="
                            + profile.peers().stream().map(PeerProfile::id).toList());
        }
    }

    static Collection<IpAddress> addresses(@Nullable BgpProfile profile) {
        return profile == null
                ? List.of()
                : profile.peers().stream().map(PeerProfile::peerIp).toList();
    }
}
