// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.PortCommand;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerService;

/** A command that asks a controller. */
abstract class ControllerCommand extends PortCommand {
    private static final String NO_CONTROLLER =
            "no controller is installed here (or it hasn't started yet): this needs the role controller";

    /** More than an operator reads; scripts take the REST API, which gives pages. */
    static final ListQuery ALL = ListQuery.all(10_000);

    static LoadBalancerService loadBalancers(Ports ports) throws CommandRefused {
        return ports.need(LoadBalancerService.class, NO_CONTROLLER);
    }

    static AmphoraService amphorae(Ports ports) throws CommandRefused {
        return ports.need(AmphoraService.class, NO_CONTROLLER);
    }

    static DistributorAdminService distributors(Ports ports) throws CommandRefused {
        return ports.need(DistributorAdminService.class, NO_CONTROLLER);
    }

    static BgpProfileService profile(Ports ports) throws CommandRefused {
        return ports.need(BgpProfileService.class, NO_CONTROLLER);
    }

    /**
     * A body as the REST API takes it, from FIELD=VALUE arguments; lists are separated by commas, and an empty value is null.
     *
     * @param lists the fields that are lists
     */
    static Map<String, Map<String, @Nullable Object>> body(String root, List<String> arguments, List<String> lists)
            throws CommandRefused {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new CommandRefused(
                        CommandRefused.line("FIELD=VALUE", argument, "has no '=' after a field's name"));
            }
            String field = argument.substring(0, equals);
            String value = argument.substring(equals + 1);
            if (fields.containsKey(field)) {
                throw new CommandRefused(CommandRefused.line(field, value, "is given twice"));
            }
            fields.put(field, value.isEmpty() ? null : lists.contains(field) ? List.of(value.split(",", -1)) : value);
        }
        return Map.of(root, fields);
    }
}
