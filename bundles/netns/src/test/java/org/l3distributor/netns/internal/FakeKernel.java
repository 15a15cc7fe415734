// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;

/** A namespace in memory that refuses what it is told to refuse, and in which time passes only by {@link #elapse}. */
final class FakeKernel implements NamespaceKernel {
    final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    final List<NetnsOperation> applied = new ArrayList<>();
    volatile String refusal = "";
    volatile boolean unreadable;
    /** Nothing is applied before this opens. */
    volatile CountDownLatch open = new CountDownLatch(0);

    private final Semaphore wakes = new Semaphore(0);
    private final List<LinkAddress> addresses = new ArrayList<>();
    private final Map<String, String> sysctls = new HashMap<>();
    private boolean up;

    @Override
    public boolean enter(boolean create) {
        if (unreadable) {
            throw new NetnsException("open namespace", "ns", "EPERM", null);
        }
        return true;
    }

    @Override
    public ActualNamespace read() {
        return new ActualNamespace(List.of(new Link(1, "lo", up, null, 65536)), addresses, sysctls);
    }

    @Override
    public void apply(NetnsOperation operation) {
        awaitOpen();
        if (!refusal.isEmpty() && operation.toString().contains(refusal)) {
            throw new NetnsException(operation.toString(), "ns", "EPERM", null);
        }
        applied.add(operation);
        if (operation instanceof AddVip add) {
            addresses.add(new LinkAddress(1, add.vip(), add.vip().family().bits()));
        } else if (operation instanceof RemoveVip remove) {
            addresses.removeIf(address -> address.address().equals(remove.vip()));
        } else if (operation instanceof WriteSysctl sysctl) {
            sysctls.put(sysctl.path(), sysctl.value());
        } else {
            up = true;
        }
    }

    private void awaitOpen() {
        try {
            if (!open.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the kernel go on");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void await(Duration atMost) {
        pauses.add(atMost);
        wakes.acquireUninterruptibly();
    }

    /** Lets the time of one {@link #await} pass. */
    void elapse() {
        wakes.release();
    }

    /** The next time for which the worker waits. */
    Duration nextPause() throws InterruptedException {
        Duration pause = pauses.poll(10, TimeUnit.SECONDS);
        if (pause == null) {
            throw new AssertionError("the worker doesn't wait");
        }
        return pause;
    }

    @Override
    public void wake() {
        wakes.release();
    }

    @Override
    public void close() {}
}
