// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.AddAddress;
import org.l3distributor.netns.NetnsOperation.AddRoute;
import org.l3distributor.netns.NetnsOperation.AddRule;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.LinkUp;
import org.l3distributor.netns.NetnsOperation.MoveIn;
import org.l3distributor.netns.NetnsOperation.OfInterface;
import org.l3distributor.netns.NetnsOperation.RemoveAddress;
import org.l3distributor.netns.NetnsOperation.RemoveRoute;
import org.l3distributor.netns.NetnsOperation.RemoveRule;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.Rename;
import org.l3distributor.netns.NetnsOperation.SetMtu;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;
import org.l3distributor.netns.Route;
import org.l3distributor.netns.SourceRule;

/** A namespace in memory that refuses what it is told to refuse, and in which time passes only by {@link #elapse}. */
final class FakeKernel implements NamespaceKernel {
    final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    final List<NetnsOperation> applied = new ArrayList<>();
    volatile String refusal = "";
    volatile boolean unreadable;
    /** Nothing is applied before this opens. */
    volatile CountDownLatch open = new CountDownLatch(0);

    /** To be changed only while the worker waits. */
    final List<Link> home = new CopyOnWriteArrayList<>();

    final List<Link> links = new CopyOnWriteArrayList<>();
    final List<LinkAddress> addresses = new CopyOnWriteArrayList<>();
    final List<Route> routes = new CopyOnWriteArrayList<>();
    final List<SourceRule> rules = new CopyOnWriteArrayList<>();
    volatile Set<ListeningSocket> sockets = Set.of();

    private final Semaphore wakes = new Semaphore(0);
    private final AtomicBoolean elapsed = new AtomicBoolean();
    private final Map<String, String> sysctls = new HashMap<>();
    private boolean up;
    /** Of the worker: the next wait is what is left of a pause that a mere wake has interrupted. */
    private boolean resting;

    @Override
    public boolean enter(boolean create) {
        resting = false;
        if (unreadable) {
            throw new NetnsException("open namespace", "ns", "EPERM", null);
        }
        return true;
    }

    @Override
    public ActualNamespace read() {
        List<Link> all = new ArrayList<>(List.of(new Link(1, "lo", up, up, null, 65536)));
        all.addAll(links);
        return new ActualNamespace(all, addresses, routes, rules, sysctls, List.of());
    }

    @Override
    public List<Link> home() {
        return home;
    }

    @Override
    public Set<ListeningSocket> listening() {
        return sockets;
    }

    @Override
    public Map<String, LinkTraffic> traffic() {
        return Map.of("lo", LinkTraffic.NONE);
    }

    @Override
    public void greet(IpAddress from, IpAddress neighbour) {
        throw new UnsupportedOperationException("nobody is greeted in these tests");
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
        } else if (operation instanceof AddRule add) {
            rules.add(new SourceRule(add.vip(), Route.ANSWERS, Route.OURS));
        } else if (operation instanceof RemoveRule remove) {
            rules.removeIf(rule -> rule.source().equals(remove.vip()));
        } else if (operation instanceof WriteSysctl sysctl) {
            sysctls.put(sysctl.path(), sysctl.value());
        } else if (operation instanceof OfInterface ofInterface) {
            apply(ofInterface);
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

    private void apply(OfInterface operation) {
        if (operation instanceof MoveIn move) {
            Link moved = home.stream()
                    .filter(link -> link.index() == move.link())
                    .findFirst()
                    .orElseThrow();
            home.remove(moved);
            links.add(new Link(moved.index(), move.name(), false, false, moved.mac(), moved.mtu()));
        } else if (operation instanceof Rename rename) {
            change(rename, link -> new Link(link.index(), rename.name(), false, false, link.mac(), link.mtu()));
        } else if (operation instanceof SetMtu set) {
            change(set, link -> new Link(link.index(), link.name(), link.up(), link.carrier(), link.mac(), set.mtu()));
        } else if (operation instanceof LinkUp set) {
            change(set, link -> new Link(link.index(), link.name(), true, true, link.mac(), link.mtu()));
        } else if (operation instanceof AddAddress add) {
            addresses.add(add.address());
        } else if (operation instanceof RemoveAddress remove) {
            addresses.remove(remove.address());
        } else if (operation instanceof AddRoute add) {
            routes.removeIf(add.route()::sameKey);
            routes.add(add.route());
        } else if (operation instanceof RemoveRoute remove) {
            routes.remove(remove.route());
        }
    }

    private void change(OfInterface operation, UnaryOperator<Link> how) {
        links.replaceAll(link -> link.index() == operation.link() ? how.apply(link) : link);
    }

    @Override
    public boolean await(Duration atMost, boolean watched) {
        if (!resting) {
            pauses.add(atMost);
        }
        wakes.acquireUninterruptibly();
        boolean over = elapsed.getAndSet(false);
        resting = !over;
        return over;
    }

    /** Lets the time of one {@link #await} pass. */
    void elapse() {
        elapsed.set(true);
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
