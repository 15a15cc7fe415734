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

    /** A change that one VIP needs. */
    sealed interface OfVip extends NetnsOperation {
        IpAddress vip();
    }

    /** Puts a VIP on {@code lo}. */
    record AddVip(IpAddress vip) implements OfVip {
        @Override
        public String toString() {
            return "add " + IpPrefix.host(vip) + " to lo";
        }
    }

    /** Takes a VIP off {@code lo}. */
    record RemoveVip(IpAddress vip) implements OfVip {
        @Override
        public String toString() {
            return "remove " + IpPrefix.host(vip) + " from lo";
        }
    }

    /** Has what comes from a VIP routed by {@link Route#ANSWERS}. */
    record AddRule(IpAddress vip) implements OfVip {
        @Override
        public String toString() {
            return "add rule from " + IpPrefix.host(vip) + " lookup " + Route.ANSWERS;
        }
    }

    /** Undoes {@link AddRule}. */
    record RemoveRule(IpAddress vip) implements OfVip {
        @Override
        public String toString() {
            return "remove rule from " + IpPrefix.host(vip) + " lookup " + Route.ANSWERS;
        }
    }

    /** A change to an interface, or to what goes through it. */
    sealed interface OfInterface extends NetnsOperation {
        /** Its index, in the namespace or, for {@link MoveIn}, at home. */
        int link();

        /** Its name in the namespace, now or after the change. */
        String name();
    }

    /** Brings an interface in from the process's own namespace. */
    record MoveIn(int link, String nameAtHome, String name) implements OfInterface {
        @Override
        public String toString() {
            return "move " + nameAtHome + " in as " + name;
        }
    }

    /** Renames an interface; it is down for a moment. */
    record Rename(int link, String from, String name) implements OfInterface {
        @Override
        public String toString() {
            return "rename " + from + " to " + name;
        }
    }

    /** Sets how many bytes a packet may have. */
    record SetMtu(int link, String name, int mtu) implements OfInterface {
        @Override
        public String toString() {
            return "set mtu " + mtu + " of " + name;
        }
    }

    /** Sets an interface administratively up. */
    record LinkUp(int link, String name) implements OfInterface {
        @Override
        public String toString() {
            return "set " + name + " up";
        }
    }

    /** Gives an interface an address. */
    record AddAddress(LinkAddress address, String name) implements OfInterface {
        @Override
        public int link() {
            return address.link();
        }

        @Override
        public String toString() {
            return "add " + address + " to " + name;
        }
    }

    /** Takes an address from an interface. */
    record RemoveAddress(LinkAddress address, String name) implements OfInterface {
        @Override
        public int link() {
            return address.link();
        }

        @Override
        public String toString() {
            return "remove " + address + " from " + name;
        }
    }

    /**
     * Adds a route.
     *
     * @param replaces one of ours with the same key is there, and gives way in the same moment
     */
    record AddRoute(Route route, String name, boolean replaces) implements OfInterface {
        @Override
        public int link() {
            return route.link();
        }

        @Override
        public String toString() {
            return (replaces ? "replace route " : "add route ") + route + " dev " + name;
        }
    }

    /** Removes a route of ours. */
    record RemoveRoute(Route route, String name) implements OfInterface {
        @Override
        public int link() {
            return route.link();
        }

        @Override
        public String toString() {
            return "remove route " + route + " dev " + name;
        }
    }
}
