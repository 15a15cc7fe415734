// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import java.util.List;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Why a placement isn't all that is wanted. */
public sealed interface Shortage {
    /** No speaker that lives has a peer which takes routes of the VIP's family. */
    record NoSpeaker(IpAddress vip) implements Shortage {
        @Override
        public String toString() {
            return "no living speaker has a peer that takes " + vip;
        }
    }

    /**
     * A peer can't be told of every next hop: without ADD-PATH each speaker announces one to it.
     *
     * @param speakers how many living speakers have the peer
     * @param left who isn't announced to it
     */
    record TooFewSpeakers(IpAddress vip, PeerId peer, int speakers, List<String> left) implements Shortage {
        public TooFewSpeakers {
            left = List.copyOf(left);
        }

        @Override
        public String toString() {
            return "peer " + peer + " has " + speakers + " speakers, too few for every next hop of " + vip
                    + ": not announced to it are " + String.join(", ", left)
                    + "; another speaker is needed for each, or ADD-PATH";
        }
    }

    /** A member has no front-end address of the VIP's family. */
    record NoNextHop(IpAddress vip, String amphoraId) implements Shortage {
        @Override
        public String toString() {
            return "amphora " + amphoraId + " has no front-end address of the family of " + vip;
        }
    }

    /** The members are all announced, and some by fewer speakers than the distributor's redundancy asks for. */
    record NotRedundant(IpAddress vip, PeerId peer, int wanted, List<String> amphorae) implements Shortage {
        public NotRedundant {
            amphorae = List.copyOf(amphorae);
        }

        @Override
        public String toString() {
            return "peer " + peer + " is told by fewer than " + wanted + " speakers of " + String.join(", ", amphorae)
                    + " for " + vip;
        }
    }

    /** Whether some traffic is not led where it should be; otherwise only a spare is missing. */
    default boolean grave() {
        return !(this instanceof NotRedundant);
    }
}
