// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.Ini;
import org.l3distributor.console.internal.InputFile;
import org.l3distributor.console.internal.show.ProfileText;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ProfileService.FieldImpact;

/** The profile in force and its change at run time; a file has the sections of the agent's file. */
@Service
@Command(scope = "bgp", name = "profile", description = "Shows, checks, replaces or resets the BGP profile")
public final class BgpProfileCommand extends ApplianceCommand {
    @Option(name = "--validate", description = "Says what this file would do, and every fault in it; changes nothing")
    @Completion(FileCompleter.class)
    @Nullable
    String validate;

    @Option(name = "--set", description = "Makes this file the run-time override, durably, and applies it")
    @Completion(FileCompleter.class)
    @Nullable
    String set;

    @Option(name = "--reset", description = "Drops the run-time override")
    boolean reset;

    @Override
    protected String answer(Ports ports) throws Exception {
        if ((validate == null ? 0 : 1) + (set == null ? 0 : 1) + (reset ? 1 : 0) > 1) {
            throw new CommandRefused("--validate, --set and --reset: only one of them at a time");
        }
        ProfileService service = profiles(ports);
        if (validate != null) {
            return impacts("valid; applying it would change", Answers.done(service.validate(draft(validate))));
        }
        if (set != null) {
            return impacts("applied", Answers.done(service.replace(draft(set))));
        }
        return reset ? impacts("reset", Answers.done(service.reset())) : shown(service);
    }

    private static ProfileDraft draft(String file) throws CommandRefused {
        return Ini.read(file, InputFile.read(file).lines().toList());
    }

    private String impacts(String done, List<FieldImpact> impacts) {
        return json ? ProfileText.impactsJson(impacts) : ProfileText.impacts(done, impacts);
    }

    private String shown(ProfileService service) {
        BgpProfile profile = service.profile().orElseGet(() -> new BgpProfile(List.of()));
        return json
                ? ProfileText.inForceJson(service.origin(), profile, service.faults())
                : ProfileText.inForce(service.origin(), profile, service.faults());
    }
}
