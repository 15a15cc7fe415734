// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What an appliance promised to its clients: three of them register and unregister, each its own VIPs, until the appliance
 * is gone. A call without an answer may or may not have been done; every other one must be.
 */
final class Promises {
    private enum Promise {
        REGISTERED,
        GONE,
        OPEN
    }

    private static final List<String> NETS = List.of("203.0.113.", "198.51.100.", "203.0.113.1");

    private final Map<String, Promise> promises = new TreeMap<>();
    private int answers;
    private boolean over;
    private boolean leaving;

    /** Lets the clients work; once one has an answer this work is done; ends when the appliance answers none of them. */
    void during(Controller controller, Random random, Callable<?> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(NETS.size());
        try {
            over = false;
            leaving = false;
            int answersBefore = answers();
            List<Future<Void>> running = new ArrayList<>();
            for (String net : NETS) {
                Random own = new Random(random.nextLong());
                running.add(pool.submit(() -> client(controller, net, own)));
            }
            Await.until("a first answer", Duration.ofMinutes(2), () -> answers() > answersBefore, () -> "none");
            work.call();
            for (Future<Void> client : running) {
                client.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Void client(Controller controller, String net, Random random) throws InterruptedException {
        while (true) {
            String vip = net + (10 + random.nextInt(40));
            boolean wanted = random.nextInt(3) > 0;
            try {
                if (!call(controller, vip, wanted)) {
                    return null;
                }
            } catch (IOException gone) {
                return null;
            }
        }
    }

    private boolean call(Controller controller, String vip, boolean wanted) throws IOException, InterruptedException {
        promise(vip, Promise.OPEN);
        Controller.Answer answer = wanted ? controller.register(vip) : controller.unregister(vip);
        boolean absent = answer.status() == 404 && !wanted;
        if (isOver() || answer.status() == 503 && isLeaving()) {
            return false;
        }
        if (answer.status() / 100 != 2 && !absent) {
            throw new AssertionError((wanted ? "register " : "unregister ") + vip + ": " + answer);
        }
        return answered(vip, wanted ? Promise.REGISTERED : Promise.GONE);
    }

    private synchronized void promise(String vip, Promise promise) {
        promises.put(vip, promise);
    }

    /** False when the answer came too late to be believed: see {@link #end}. */
    private synchronized boolean answered(String vip, Promise promise) {
        if (over) {
            return false;
        }
        promises.put(vip, promise);
        answers++;
        return true;
    }

    /** Answers from now on are no promises: the disk is being pulled out, and may have said yes while it went. */
    synchronized void end() {
        over = true;
    }

    /** The appliance is about to be stopped in good order: from now on it may say 503, and the call counts as open. */
    synchronized void leaving() {
        leaving = true;
    }

    private synchronized boolean isLeaving() {
        return leaving;
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** How many calls were answered in all. */
    synchronized int answers() {
        return answers;
    }

    /** Nothing when these VIPs are what was promised; else what is wrong with them. */
    synchronized List<String> broken(Set<String> listed) {
        List<String> wrong = new ArrayList<>();
        promises.forEach((vip, promise) -> {
            boolean there = listed.contains(vip);
            if (promise == Promise.REGISTERED && !there) {
                wrong.add(vip + " was registered, and is lost");
            } else if (promise == Promise.GONE && there) {
                wrong.add(vip + " was unregistered, and is back");
            }
        });
        Set<String> unknown = new TreeSet<>(listed);
        unknown.removeAll(promises.keySet());
        unknown.forEach(vip -> wrong.add(vip + " was never asked for"));
        return wrong;
    }

    /** What was open is now known. */
    synchronized void settle(Set<String> listed) {
        promises.replaceAll((vip, promise) -> listed.contains(vip) ? Promise.REGISTERED : Promise.GONE);
    }
}
