// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.netns.NamespaceProcesses;
import org.l3distributor.netns.ProcessWatch;
import org.l3distributor.netns.Program;
import org.l3distributor.netns.ProgramOutput;
import org.l3distributor.netns.StartedProgram;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Publishes {@link Processes}. */
@Component
public final class ProcessesComponent implements NamespaceProcesses {
    private final Processes processes;

    @Activate
    public ProcessesComponent() {
        processes = new Processes();
    }

    @Deactivate
    public void close() {
        processes.close();
    }

    @Override
    public CompletionStage<StartedProgram> start(String namespace, Program program) {
        return processes.start(namespace, program);
    }

    @Override
    public CompletionStage<ProgramOutput> run(String namespace, List<String> command, Duration atMost) {
        return processes.run(namespace, command, atMost);
    }

    @Override
    public ProcessWatch watch(long pid) {
        return processes.watch(pid);
    }
}
