// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.ProcessSignal;
import org.l3distributor.netns.ProcessWatch;

/** A pidfd and who waits for it. */
final class PidWatch implements ProcessWatch {
    /** The same numbers on every architecture. */
    private static final long PIDFD_SEND_SIGNAL = 424;

    private static final long PIDFD_OPEN = 434;

    private static final int P_PIDFD = 3;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int SIGINFO = 128;
    private static final int NONE = -1;

    private final long pid;
    private final Executor answers;
    private final Consumer<PidWatch> onClose;
    private final CompletableFuture<Instant> ended = new CompletableFuture<>();
    /** Whether it will be our child only when its parent dies before it; one of Java's own is waited for by Java. */
    private final boolean foreign;

    private int fd = NONE;
    private boolean closed;
    /** The watcher closes the file, when the process is reaped. */
    private volatile boolean ending;

    private PidWatch(long pid, Executor answers, Consumer<PidWatch> onClose) {
        this.pid = pid;
        this.answers = answers;
        this.onClose = onClose;
        this.foreign = ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .map(parent -> parent.pid() != ProcessHandle.current().pid())
                .orElse(true);
    }

    static PidWatch open(long pid, Executor answers, Consumer<PidWatch> onClose) {
        PidWatch watch = new PidWatch(pid, answers, onClose);
        try {
            watch.fd = LibC.syscall(
                            new NativeLong(PIDFD_OPEN),
                            new NativeLong(pid),
                            new NativeLong(0),
                            new NativeLong(0),
                            new NativeLong(0))
                    .intValue();
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ESRCH) {
                answers.execute(() -> watch.ended.complete(Instant.now()));
            } else {
                watch.fail(Errno.exception("watch process " + pid, "the host", e.getErrorCode()));
            }
        }
        return watch;
    }

    synchronized boolean isOpen() {
        return fd != NONE;
    }

    synchronized int fd() {
        return fd;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public CompletionStage<Instant> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public synchronized boolean signal(ProcessSignal signal) {
        if (closed) {
            throw new IllegalStateException("process " + pid + " isn't watched any more");
        }
        if (fd == NONE) {
            return false;
        }
        try {
            LibC.syscall(
                    new NativeLong(PIDFD_SEND_SIGNAL),
                    new NativeLong(fd),
                    new NativeLong(signal.number()),
                    new NativeLong(0),
                    new NativeLong(0));
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ESRCH) {
                return false;
            }
            throw Errno.exception("send " + signal + " to process " + pid, "the host", e.getErrorCode());
        }
    }

    /** Told first: somebody has a route to withdraw. */
    void hasEnded(Instant at) {
        ending = true;
        answers.execute(() -> ended.complete(at));
        reap();
        closeFile();
    }

    void fail(NetnsException why) {
        answers.execute(() -> ended.completeExceptionally(why));
    }

    /** An orphan becomes the child of the first process of a container, which may be this one. */
    private synchronized void reap() {
        if (!foreign || fd == NONE) {
            return;
        }
        try {
            LibC.waitid(P_PIDFD, fd, new byte[SIGINFO], WEXITED | WNOHANG);
        } catch (LastErrorException e) {
            // ECHILD nearly always: it has a parent, or init, that does this. EINVAL before Linux 5.4.
            if (e.getErrorCode() != Errno.ECHILD && e.getErrorCode() != Errno.EINVAL) {
                throw e;
            }
        }
    }

    private synchronized void closeFile() {
        if (fd != NONE) {
            LibC.close(fd);
            fd = NONE;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (!ending) {
                closeFile();
            }
        }
        onClose.accept(this);
    }
}
