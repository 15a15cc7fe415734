// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.internal.tls.ClientTls;

/**
 * Makes the clients once their certificate can be used, and reads it again when it changes. A file that isn't there yet
 * heals without anybody's doing; what is wrong is told once for each state of the files.
 */
final class CertificateWatch implements AutoCloseable {
    private final ClientTls tls;
    private final Clients.Limits limits;
    private final Function<Clients, Runnable> publish;
    private final ScheduledExecutorService thread;
    private @Nullable Clients clients; // these three: on the thread, and in close() after it
    private @Nullable Runnable withdraw;
    private String told = "";

    /** @param publish makes the clients visible, and gives what takes that back */
    CertificateWatch(ClientTls tls, Clients.Limits limits, Function<Clients, Runnable> publish, Duration period) {
        this.tls = tls;
        this.limits = limits;
        this.publish = publish;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "l3d-client-watch");
            made.setDaemon(true);
            return made;
        });
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Clients present = clients;
            if (present == null) {
                make();
            } else {
                renew(present);
            }
        } catch (RuntimeException e) {
            ClientLog.bug(e); // else the watch would end without a word
        }
    }

    private void make() {
        try {
            Clients made = new Clients(tls, limits);
            clients = made;
            ClientLog.ready(tls.certificate());
            withdraw = publish.apply(made);
        } catch (IOException e) {
            if (news()) {
                ClientLog.waits(e);
            }
        }
    }

    private void renew(Clients present) {
        try {
            if (present.renew()) {
                ClientLog.renewed(tls.certificate());
            }
        } catch (IOException e) {
            if (news()) {
                ClientLog.notRenewed(e);
            }
        }
    }

    private boolean news() {
        String stamp = tls.stamp();
        boolean news = !stamp.equals(told);
        told = stamp;
        return news;
    }

    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = joined();
        if (withdraw != null) {
            withdraw.run();
        }
        if (clients != null) {
            clients.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reading two files takes no time worth a bound; the clients must be closed after it, also when interrupted. */
    private boolean joined() {
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
                    return interrupted;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
