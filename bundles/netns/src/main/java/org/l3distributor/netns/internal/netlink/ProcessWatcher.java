// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.ProcessWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for the end of any number of processes: a pidfd becomes readable then (pidfd_open(2)). */
public final class ProcessWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.netns");
    private static final byte[] ONE =
            ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();
    private static final int POLLFD = 8;
    private static final int REVENTS = 6;

    private final Executor answers;
    private final CopyOnWriteArraySet<PidWatch> watches = new CopyOnWriteArraySet<>();
    private final Object wakeLock = new Object();
    private final int wake;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param answers what completes the stages
     * @throws NetnsException when this process can't reach the kernel at all
     */
    public ProcessWatcher(Executor answers) {
        this.answers = answers;
        try {
            wake = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        } catch (LastErrorException e) {
            throw Errno.exception("prepare to watch processes", "the host", e.getErrorCode());
        } catch (LinkageError e) {
            throw new NetnsException("load the C library through JNA", "the host", "ELIBACC", e.toString(), e);
        }
        thread = new Thread(this::run, "netns-pidfds");
        thread.setDaemon(true);
        thread.start();
    }

    public ProcessWatch watch(long pid) {
        PidWatch watch = PidWatch.open(pid, answers, this::forget);
        if (watch.isOpen()) {
            watches.add(watch);
            wake();
        }
        return watch;
    }

    private void forget(PidWatch watch) {
        watches.remove(watch);
        wake();
    }

    private void run() {
        try {
            while (!closed) {
                List<PidWatch> polled = new ArrayList<>(watches);
                byte[] memory = new byte[(polled.size() + 1) * POLLFD];
                ByteBuffer descriptors = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
                descriptors.putInt(wake).putShort(LibC.POLLIN).putShort((short) 0);
                polled.forEach(watch ->
                        descriptors.putInt(watch.fd()).putShort(LibC.POLLIN).putShort((short) 0));
                if (!poll(memory, descriptors, polled.size() + 1)) {
                    continue;
                }
                Instant now = Instant.now();
                for (int i = 0; i < polled.size(); i++) {
                    if (descriptors.getShort((i + 1) * POLLFD + REVENTS) != 0 && watches.remove(polled.get(i))) {
                        polled.get(i).hasEnded(now);
                    }
                }
            }
        } catch (LastErrorException e) {
            LOG.error("processes can't be watched any more: {}", Errno.name(e.getErrorCode()));
            NetnsException why = Errno.exception("watch processes", "the host", e.getErrorCode());
            watches.forEach(watch -> watch.fail(why));
        }
    }

    /** @param descriptors lie on the memory */
    private boolean poll(byte[] memory, ByteBuffer descriptors, int count) {
        try {
            LibC.poll(memory, new NativeLong(count), -1);
            if (descriptors.getShort(REVENTS) != 0) {
                LibC.read(wake, new byte[8], new NativeLong(8));
            }
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EINTR && e.getErrorCode() != Errno.EAGAIN) {
                throw e;
            }
            return false;
        }
    }

    private void wake() {
        synchronized (wakeLock) { // else the number might belong to somebody else's file by now
            if (!closed) {
                LibC.write(wake, ONE, new NativeLong(ONE.length));
            }
        }
    }

    /** Ends all watches; the processes go on. */
    @Override
    public void close() {
        synchronized (wakeLock) {
            if (closed) {
                return;
            }
            closed = true; // before it is woken: else it may look too early, and wait for ever
            LibC.write(wake, ONE, new NativeLong(ONE.length));
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watches.forEach(PidWatch::close);
        LibC.close(wake);
    }
}
