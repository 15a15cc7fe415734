// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Starts programs inside namespaces, and watches any process. */
@ProviderType
public interface NamespaceProcesses {
    /**
     * Starts a program in a session of its own, so that neither the end of this process nor a signal to its group ends
     * it. (A service manager that ends a whole control group still does: there it should start the program itself.)
     *
     * <p>The stage completes when the process is there, perhaps before the program has begun to run; whether it likes
     * its arguments shows in the log and by its end. It fails with {@link NetnsException} when the namespace or the
     * program isn't there (ENOENT), the log can't be written, or no process can be made; with
     * {@link IllegalArgumentException} for a name that can't be a namespace.
     */
    CompletionStage<StartedProgram> start(String namespace, Program program);

    /**
     * Runs a program to its end, as {@link #start} but with its output to the caller. After that time it is killed
     * with all that it started, and the stage fails with {@link NetnsException} (ETIMEDOUT).
     *
     * @param command the program's absolute path and its arguments; it must not leave processes behind that keep its
     *     output open
     */
    CompletionStage<ProgramOutput> run(String namespace, List<String> command, Duration atMost);

    /**
     * Watches a process, whoever started it, from the moment of the call on. A pid may have been given to another
     * process since it was noted: make sure of it after this call, and the watch speaks of what you looked at.
     */
    ProcessWatch watch(long pid);
}
