// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import java.util.Locale;
import org.l3distributor.distributor.amphora.LoadBalancerService.Action;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.wire.AgentBody;

/** The words of a path for what is to be done. */
final class ServiceAction {
    private ServiceAction() {}

    /** @throws AgentRefused when there is no such action, which is said before anything else is looked at */
    static Action read(String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "start" -> Action.START;
            case "stop" -> Action.STOP;
            case "reload" -> Action.RELOAD;
            default -> throw AgentRefused.with(400, new AgentBody.Said("Invalid Request", "Unknown action: " + given));
        };
    }

    static String doing(Action action) {
        return switch (action) {
            case START -> "starting";
            case STOP -> "stopping";
            case RELOAD -> "reloading";
        };
    }

    /** Octavia's agent spells it so. */
    static String done(Action action) {
        return switch (action) {
            case START -> "started";
            case STOP -> "stoped";
            case RELOAD -> "reloaded";
        };
    }
}
