// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.RegistrationText;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.service.DistributorService;

/** A page of registrations. */
abstract class ListCommand extends ApplianceCommand {
    private static final int MOST = 10_000;

    @Option(name = "--limit", description = "1..10000, default 10000")
    String limit = "10000";

    @Option(name = "--marker", description = "What the page before ended with")
    @Nullable
    String marker;

    private final boolean amphorae;

    ListCommand(boolean amphorae) {
        this.amphorae = amphorae;
    }

    @Override
    protected final String answer(Ports ports) throws Exception {
        int size = number("limit", limit, 1, MOST);
        DistributorService service = distributor(ports);
        // one more than asked for tells whether there is another page, unless that is more than the port gives
        List<RegistrationStatus> read = Answers.done(list(service, Math.min(size + 1, MOST)));
        boolean more = read.size() > size || (size == MOST && read.size() == MOST);
        List<RegistrationStatus> rows = read.size() > size ? read.subList(0, size) : read;
        String next = more ? service.marker(rows.get(rows.size() - 1).registration()) : null;
        return json ? RegistrationText.listJson(amphorae, rows, next) : RegistrationText.list(amphorae, rows, next);
    }

    private CompletionStage<Outcome<List<RegistrationStatus>>> list(DistributorService service, int size)
            throws CommandRefused {
        try {
            return service.list(amphorae, size, marker);
        } catch (IllegalArgumentException e) {
            if (marker == null) {
                throw e;
            }
            throw new CommandRefused(CommandRefused.line(
                    "marker", marker, "is no marker of this list: use what the page before ended with"));
        }
    }
}
