// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.internal.CommandRefused;
import org.l3distributor.console.internal.Ports;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that asks ports and prints text, or one line of JSON. */
abstract class PortCommand implements Action {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.console");
    private static final String NO_SPEAKER =
            "no BGP speaker is installed here (or it hasn't started yet): this needs the role distributor";

    @Reference
    @Nullable
    BundleContext context;

    @Option(name = "--json", description = "One line of JSON with the field names of the REST API")
    boolean json;

    @Override
    public final @Nullable Object execute() throws Exception {
        try (Ports ports = new Ports(Objects.requireNonNull(context))) {
            System.out.println(answer(ports));
            String verdict = verdict();
            if (verdict != null) {
                throw new CommandRefused(verdict);
            }
        } catch (CommandRefused e) {
            throw e; // expected: told on the terminal, and nothing for the log
        } catch (Exception e) {
            LOG.error("command={} failed", getClass().getSimpleName(), e);
            throw e;
        }
        return null;
    }

    /** Why the command ends with a status that isn't 0, though it has printed its answer; null when it needn't. */
    @Nullable
    String verdict() {
        return null;
    }

    /** What to print. Refusals leave as {@link CommandRefused}. */
    abstract String answer(Ports ports) throws Exception;

    static PeerService peers(Ports ports) throws CommandRefused {
        return ports.need(PeerService.class, NO_SPEAKER);
    }

    static ProfileService profiles(Ports ports) throws CommandRefused {
        return ports.need(ProfileService.class, NO_SPEAKER);
    }

    static DistributorService distributor(Ports ports) throws CommandRefused {
        return ports.need(DistributorService.class, NO_SPEAKER);
    }

    static NamespaceService namespaces(Ports ports) throws CommandRefused {
        return ports.need(
                NamespaceService.class,
                "no namespace service is installed here (or it hasn't started yet): this needs" + " the role amphora");
    }

    /** A number that was given as text, so that a wrong one is refused as everything else is. */
    static int number(String field, String text, int min, int max) throws CommandRefused {
        boolean digits = text.matches("[0-9]{1,9}");
        int value = digits ? Integer.parseInt(text) : -1;
        if (value < min || value > max) {
            throw new CommandRefused(CommandRefused.line(field, text, "must be a number " + min + ".." + max));
        }
        return value;
    }
}
