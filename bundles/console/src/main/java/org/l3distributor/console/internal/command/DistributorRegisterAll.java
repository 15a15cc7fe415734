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
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.service.DistributorService;

/** Bulk registration in one transaction. */
@Service
@Command(scope = "distributor", name = "register-all", description = "Registers all rows of a JSON file, or none")
public final class DistributorRegisterAll extends ApplianceCommand {
    @Argument(name = "FILE", description = "What the REST API's bulk call takes", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        DistributorService service = distributor(ports);
        List<Registration> wishes = BulkFile.read(
                InputFile.read(file),
                (amphora, vip, nextHop, peer) -> amphora == null
                        ? RegistrationRules.endpoint(vip, nextHop, peer)
                        : RegistrationRules.amphora(amphora, vip, nextHop, peer));
        List<RegistrationStatus> rows = Answers.done(service.registerAll(wishes));
        return json ? RegistrationText.bulkJson(rows) : RegistrationText.bulk("registered", rows, null);
    }
}
