// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;

/**
 * Something to be done outside of the tables. All of it may be done again, by another controller too: whatever is made is
 * known by an id that was stored before.
 */
public sealed interface Effect {
    /** What it is, and to what: the same for each repetition. */
    String key();

    /**
     * The amphora's ports and its instance; gives what {@link Result.Built} says.
     *
     * @param loadBalancer whose front end it gets; empty: a speaker's, with a port where the routers are
     */
    record Build(Amphora amphora, Optional<LoadBalancer> loadBalancer) implements Effect {
        @Override
        public String key() {
            return "build:" + amphora.id();
        }
    }

    /** The instance runs, and the amphora's API answers. */
    record Boot(Amphora amphora) implements Effect {
        @Override
        public String key() {
            return "booted:" + amphora.id();
        }
    }

    /** The front-end port is in the amphora, and its VIPs are in its namespace. */
    record Plug(Amphora amphora, LoadBalancer loadBalancer) implements Effect {
        @Override
        public String key() {
            return "plugged:" + amphora.id();
        }
    }

    /**
     * The amphora runs this configuration.
     *
     * @param text empty: none, since there are no listeners
     */
    record Configure(Amphora amphora, String loadBalancerId, Optional<String> text, String digest) implements Effect {
        @Override
        public String key() {
            return "configured:" + amphora.id();
        }
    }

    /** The distributor leads the VIPs' traffic to these amphorae too. */
    record Announce(Led vip, LoadBalancer loadBalancer, List<Amphora> amphorae) implements Effect {
        public Announce {
            amphorae = List.copyOf(amphorae);
        }

        @Override
        public String key() {
            return "announced:" + ids(amphorae.stream().map(Amphora::id).toList());
        }
    }

    /**
     * The distributor leads no traffic to these amphorae.
     *
     * @param dead whether they are taken for dead: what they would have to do themselves isn't waited for
     */
    record Withdraw(Led vip, List<String> amphoraIds, boolean dead) implements Effect {
        public Withdraw {
            amphoraIds = List.copyOf(amphoraIds);
        }

        @Override
        public String key() {
            return "withdrawn:" + ids(amphoraIds);
        }
    }

    /** The distributor knows nothing of the VIPs. */
    record Forget(Led vip) implements Effect {
        @Override
        public String key() {
            return "forgotten";
        }
    }

    /**
     * The amphora takes no new connections and keeps those that it has; one that announces itself withdraws by it.
     *
     * @param text a configuration without frontends
     */
    record Quiesce(Amphora amphora, String loadBalancerId, String text) implements Effect {
        @Override
        public String key() {
            return "quiet:" + amphora.id();
        }
    }

    /** No client has a connection of the load balancer at the amphora, which takes no new ones. Changes nothing. */
    record Idle(Amphora amphora, String loadBalancerId) implements Effect {
        @Override
        public String key() {
            return "idle:" + amphora.id();
        }
    }

    /** The amphora's HAProxy is stopped; one that doesn't answer is about to be deleted anyway. */
    record Stop(Amphora amphora, String loadBalancerId) implements Effect {
        @Override
        public String key() {
            return "stopped:" + amphora.id();
        }
    }

    /** Nothing is left of the amphora's instance and ports. */
    record Destroy(String amphoraId) implements Effect {
        @Override
        public String key() {
            return "destroyed:" + amphoraId;
        }
    }

    /**
     * The amphora has its agent's file as the tables say now.
     *
     * @param profile what the tables said when this was decided; what is pushed is that or newer
     */
    record Push(Amphora amphora, String profile) implements Effect {
        @Override
        public String key() {
            return "pushed:" + amphora.id();
        }
    }

    /**
     * The distributor places all next hops of these load balancers again, on the speakers that it has now.
     *
     * @param driver the distributor's type
     * @param why tells several of one task from each other
     */
    record Place(String distributorId, String driver, List<String> loadBalancerIds, String why) implements Effect {
        public Place {
            loadBalancerIds = List.copyOf(loadBalancerIds);
        }

        @Override
        public String key() {
            return "placed:" + why;
        }
    }

    /**
     * The driver has the distributor.
     *
     * @param driver the distributor's type
     */
    record TakeOn(String distributorId, String driver) implements Effect {
        @Override
        public String key() {
            return "taken on";
        }
    }

    /**
     * The driver has nothing of the distributor any more.
     *
     * @param driver the distributor's type
     */
    record LetGo(String distributorId, String driver) implements Effect {
        @Override
        public String key() {
            return "let go";
        }
    }

    /** The VIPs' addresses are free for others. */
    record ReleaseVips(LoadBalancer loadBalancer) implements Effect {
        @Override
        public String key() {
            return "released";
        }
    }

    /** Several are told from each other by a name of constant length: keys are kept in a task's row. */
    private static String ids(List<String> amphoraIds) {
        String all = String.join(",", amphoraIds);
        return amphoraIds.size() < 2
                ? all
                : amphoraIds.size() + " amphorae " + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    }
}
