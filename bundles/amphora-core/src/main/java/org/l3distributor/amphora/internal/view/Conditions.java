// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.distributor.model.PeerView.HeldDown;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.Readiness.Condition;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.net.PeerId;

/** Whether the appliance is ready, from snapshots. Pure. */
public final class Conditions {
    private static final String NONE_YET =
            "there is none yet: nothing is announced without a [l3_bgp_speaker] section in the agent's file";
    private static final Condition NO_PROFILE =
            new Condition("profile", true, "none, and none is needed: this load balancer announces nothing");

    private Conditions() {}

    /**
     * Ready = at least one session Established and the store able to keep changes; the rest is degradation.
     *
     * @param heldByOperators the peers that an operator holds down
     * @param plain true for a load balancer for which nobody wrote a profile: it is ready without any session
     */
    public static Readiness readiness(
            boolean plain,
            @Nullable String storeFault,
            boolean profileInForce,
            String origin,
            List<ProfileFault> faults,
            List<PeerSnapshot> peers,
            Set<PeerId> heldByOperators) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition("store", storeFault == null, storeFault == null ? "open" : storeFault));
        conditions.add(plain ? NO_PROFILE : profile(profileInForce, origin, faults));
        boolean established = false;
        for (PeerSnapshot peer : peers) {
            boolean up = peer.state() == SessionState.ESTABLISHED;
            established |= up;
            conditions.add(new Condition("session " + peer.settings().id(), up, session(peer, heldByOperators)));
        }
        return new Readiness((established || plain) && storeFault == null, conditions);
    }

    private static Condition profile(boolean inForce, String origin, List<ProfileFault> faults) {
        if (!faults.isEmpty()) {
            String more = faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "";
            return new Condition("profile", false, faults.get(0) + more);
        }
        return new Condition("profile", inForce, inForce ? "from " + origin : NONE_YET);
    }

    private static String session(PeerSnapshot peer, Set<PeerId> heldByOperators) {
        HeldDown held = Views.heldDown(peer.settings(), heldByOperators);
        if (peer.state() == SessionState.ESTABLISHED) {
            return "Established";
        }
        String error = peer.lastError();
        return held == null ? peer.state().rfcName() + (error == null ? "" : "; last error: " + error) : held.words();
    }
}
