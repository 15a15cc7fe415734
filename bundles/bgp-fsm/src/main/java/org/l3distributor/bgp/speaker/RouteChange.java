// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

/** One change of what is wanted. Adding what is there and removing what isn't changes nothing. */
public record RouteChange(Action action, WantedRoute wanted) {
    public enum Action {
        ANNOUNCE,
        WITHDRAW
    }

    public static RouteChange announce(WantedRoute wanted) {
        return new RouteChange(Action.ANNOUNCE, wanted);
    }

    public static RouteChange withdraw(WantedRoute wanted) {
        return new RouteChange(Action.WITHDRAW, wanted);
    }
}
