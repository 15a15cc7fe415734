// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.BulkFile;
import org.l3distributor.console.internal.InputFile;
import org.l3distributor.console.internal.show.RegistrationText;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.service.DistributorService;

/** Bulk removal in one transaction; what is not there is reported, not refused. */
@Service
@Command(scope = "distributor", name = "unregister-all", description = "Unregisters all rows of a JSON file")
public final class DistributorUnregisterAll extends ApplianceCommand {
    @Argument(name = "FILE", description = "What the REST API's bulk call takes", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        DistributorService service = distributor(ports);
        List<Removal> wishes = BulkFile.read(
                InputFile.read(file),
                (amphora, vip, nextHop, peer) -> amphora == null
                        ? RegistrationRules.endpointRemoval(vip, nextHop, peer)
                        : RegistrationRules.amphoraRemoval(amphora, vip, nextHop, peer));
        RemovalResult result = Answers.done(service.unregisterAll(wishes));
        return json
                ? RegistrationText.bulkJson(result)
                : RegistrationText.bulk(
                        "unregistered", result.removed(), result.absent().size());
    }
}
