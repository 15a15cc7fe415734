// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that asks ports and prints text, or one line of JSON. */
public abstract class PortCommand implements Action {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.console");

    @Reference
    private @Nullable BundleContext context;

    @Option(name = "--json", description = "One line of JSON with the field names of the REST API")
    protected boolean json;

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
    protected @Nullable String verdict() {
        return null;
    }

    /** What to print. Refusals leave as {@link CommandRefused}. */
    protected abstract String answer(Ports ports) throws Exception;

    /** A number that was given as text, so that a wrong one is refused as everything else is. */
    protected static int number(String field, String text, int min, int max) throws CommandRefused {
        boolean digits = text.matches("[0-9]{1,9}");
        int value = digits ? Integer.parseInt(text) : -1;
        if (value < min || value > max) {
            throw new CommandRefused(CommandRefused.line(field, text, "must be a number " + min + ".." + max));
        }
        return value;
    }
}
