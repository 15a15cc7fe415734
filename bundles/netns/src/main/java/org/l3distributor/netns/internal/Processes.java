// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceProcesses;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.ProcessWatch;
import org.l3distributor.netns.Program;
import org.l3distributor.netns.ProgramOutput;
import org.l3distributor.netns.StartedProgram;
import org.l3distributor.netns.internal.netlink.Errno;
import org.l3distributor.netns.internal.netlink.ProcessGroup;
import org.l3distributor.netns.internal.netlink.ProcessWatcher;

/**
 * Starts programs through {@code setsid} and {@code nsenter} of util-linux. Both become what they start, so the pid is
 * the program's own; and no thread of ours has to be elsewhere for it than at home.
 */
public final class Processes implements NamespaceProcesses, AutoCloseable {
    /** Programs that run to their end at the same time, and that wait for it. */
    private static final int RUNNING = 4;

    private static final int WAITING = 256;
    private static final int OUTPUT = 1 << 20;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

    private final Notifier notifier = new Notifier("netns-processes");
    private final ProcessWatcher watcher;
    private final ThreadPoolExecutor starting = pool(1, "netns-start");
    private final ThreadPoolExecutor running = pool(RUNNING, "netns-run");
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1, daemon("netns-deadlines"));

    /**
     * @throws NetnsException when this process can't reach the kernel at all
     */
    public Processes() {
        this.watcher = new ProcessWatcher(Runnable::run); // at once: somebody has a route to withdraw
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.prestartCoreThread();
        starting.prestartCoreThread();
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), daemon(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        };
    }

    private interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    @Override
    public CompletionStage<StartedProgram> start(String namespace, Program program) {
        return submit(starting, "start", namespace, program.command(), () -> {
            Path directory = program.log().toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            ProcessBuilder builder = builder(namespace, program.command());
            builder.environment().putAll(program.environment());
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(program.log().toFile()))
                    .start();
            CompletableFuture<Integer> exit = new CompletableFuture<>();
            CompletionStage<Void> unused =
                    process.onExit().thenAccept(ended -> notifier.run(() -> exit.complete(ended.exitValue())));
            return new StartedProgram(process.pid(), exit.minimalCompletionStage());
        });
    }

    @Override
    public CompletionStage<ProgramOutput> run(String namespace, List<String> command, Duration atMost) {
        return submit(running, "run", namespace, command, () -> {
            Process process =
                    builder(namespace, command).redirectErrorStream(true).start();
            AtomicBoolean late = new AtomicBoolean();
            Future<?> deadline = deadlines.schedule(
                    () -> {
                        late.set(true);
                        ProcessGroup.kill(process.pid());
                    },
                    atMost.toNanos(),
                    TimeUnit.NANOSECONDS);
            try (InputStream output = process.getInputStream()) {
                byte[] said = output.readNBytes(OUTPUT);
                output.transferTo(java.io.OutputStream.nullOutputStream());
                int status = process.waitFor();
                if (late.get()) {
                    throw new NetnsException(
                            "run " + command.get(0),
                            namespace,
                            "ETIMEDOUT",
                            "killed after " + atMost.toMillis() + " ms");
                }
                return new ProgramOutput(status, new String(said, StandardCharsets.UTF_8));
            } finally {
                deadline.cancel(false);
            }
        });
    }

    private <T> CompletionStage<T> submit(
            ThreadPoolExecutor executor, String verb, String namespace, List<String> command, Work<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        String operation = verb + " " + (command.isEmpty() ? "nothing" : command.get(0));
        try {
            executor.execute(() -> {
                try {
                    check(operation, namespace, command);
                    T value = work.run();
                    notifier.run(() -> answer.complete(value));
                } catch (IOException e) {
                    fail(answer, Errno.exception(operation, namespace, e));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    fail(answer, new IllegalStateException("the service has stopped", e));
                } catch (RuntimeException e) {
                    fail(answer, e);
                }
            });
        } catch (RejectedExecutionException e) {
            fail(
                    answer,
                    executor.isShutdown()
                            ? new IllegalStateException("the service has stopped", e)
                            : new NetnsException(operation, namespace, "EAGAIN", WAITING + " programs are waiting", e));
        }
        return answer;
    }

    private void fail(CompletableFuture<?> answer, RuntimeException why) {
        notifier.run(() -> answer.completeExceptionally(why));
    }

    /** What would otherwise be said by {@code nsenter}, in its words and to the log. */
    private static void check(String operation, String namespace, List<String> command) {
        if (command.isEmpty() || !command.get(0).startsWith("/")) {
            throw new IllegalArgumentException("a command begins with the absolute path of a program: " + command);
        }
        if (!Files.isExecutable(Path.of(command.get(0)))) {
            throw new NetnsException(operation, namespace, "ENOENT", "there is no such program");
        }
        if (!Files.exists(path(namespace))) {
            throw new NetnsException(operation, namespace, "ENOENT", "there is no such namespace");
        }
    }

    private static Path path(String namespace) {
        new NamespaceDescription(namespace, false, java.util.Set.of(), List.of()); // checks the name
        return Path.of("/run/netns", namespace);
    }

    private static ProcessBuilder builder(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("setsid", "nsenter", "--net=" + path(namespace), "--"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(Path.of("/").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear(); // NOTIFY_SOCKET and the like are for us
        builder.environment().putAll(ENVIRONMENT);
        return builder;
    }

    @Override
    public ProcessWatch watch(long pid) {
        return watcher.watch(pid);
    }

    /** Ends the threads and what runs to its end; what was started goes on. */
    @Override
    public void close() {
        starting.shutdown();
        running.shutdownNow();
        deadlines.shutdownNow().forEach(Runnable::run);
        watcher.close();
        notifier.close();
    }
}
