// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one server listening: an address or a file that isn't there yet is waited for, replaced PEM files are taken up
 * with the next connection, broken ones are refused while the good ones stay in use. All else happens on its one thread.
 */
final class Listener implements AutoCloseable {
    /**
     * What an operator configured.
     *
     * @param files null: without TLS
     */
    record Settings(String host, int port, @Nullable TlsFiles files, Path announcement) {
        String stamp() {
            return files == null ? "" : files.stamp();
        }

        String authority(int boundPort) {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + boundPort;
        }
    }

    private static final long PERIOD_MILLIS = 500;
    /** Every connection looks whether the files were replaced; without one it is in so many periods that the log says so. */
    private static final int PERIODS_PER_LOOK = 10;

    private final Settings settings;
    private final ScheduledExecutorService thread =
            // After the end, wishes are moot: services still come and go while a component is taken down.
            new ScheduledThreadPoolExecutor(
                    1, task -> new Thread(task, "l3d-http-watch"), new ThreadPoolExecutor.DiscardPolicy());

    private final Door door;
    private volatile boolean wanted;
    private String url = "";
    private volatile String stamp = "";
    private String lastReason = "";
    private boolean announced;
    private int ticks;

    Listener(Settings settings, Door door) {
        this.settings = settings;
        this.door = door;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether the port is to be open; it opens, or closes, on the listener's own thread at once. Nothing once closed. */
    void want(boolean open) {
        wanted = open;
        if (!thread.isShutdown()) {
            thread.execute(this::tick);
        }
    }

    private void tick() {
        try {
            if (door.isBroken()) {
                HttpLog.broke(url);
                shut();
            }
            if (!door.isOpen() && wanted) {
                open(settings.stamp());
            } else if (door.isOpen() && !wanted) {
                shut();
            } else if (door.isOpen() && ticks++ % PERIODS_PER_LOOK == 0) {
                renewed();
            }
            if (door.isOpen() && !announced) {
                announce();
            }
        } catch (RuntimeException e) {
            HttpLog.watchFailed(e);
        }
    }

    private void open(String now) {
        try {
            TlsFiles files = settings.files;
            TlsFiles.Stores stores = files == null ? null : files.read();
            int port = stores == null
                    ? door.open(settings.host, settings.port)
                    : door.open(settings.host, settings.port, stores, this::renewed);
            stamp = now;
            lastReason = "";
            url = (stores == null ? "http://" : "https://") + settings.authority(port);
            HttpLog.listens(url, stores == null ? null : stores.certificate());
        } catch (TlsFault e) {
            waits(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            waits(e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
        }
    }

    private void waits(String reason) {
        if (!reason.equals(lastReason)) {
            lastReason = reason;
            HttpLog.waits(settings.authority(settings.port), reason);
        }
    }

    /** Also before every connection: whoever was told that a certificate is replaced is served with it. */
    private synchronized void renewed() {
        String now = settings.stamp();
        TlsFiles files = settings.files;
        if (files == null || now.equals(stamp)) {
            return;
        }
        stamp = now;
        try {
            TlsFiles.Stores stores = files.read();
            door.renew(stores);
            HttpLog.renewed(stores.certificate());
        } catch (TlsFault e) {
            HttpLog.notRenewed(String.valueOf(e.getMessage()));
        }
    }

    /** The file by which whoever started the appliance learns that it answers, and where. */
    private void announce() {
        try {
            Files.createDirectories(settings.announcement.toAbsolutePath().getParent());
            Path fresh = settings.announcement.resolveSibling(settings.announcement.getFileName() + ".new");
            Files.writeString(fresh, url + "\n");
            Files.move(fresh, settings.announcement, StandardCopyOption.ATOMIC_MOVE);
            announced = true;
            lastReason = "";
        } catch (IOException e) {
            waits("it can't be announced: " + e);
        }
    }

    /** Waits until nothing listens any more, at most a few seconds; safe from any thread. */
    @Override
    public void close() {
        wanted = false;
        thread.execute(this::tick);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shut() {
        announced = false;
        try {
            Files.deleteIfExists(settings.announcement);
        } catch (IOException e) {
            HttpLog.stopFailed(e);
        }
        door.close();
        HttpLog.stopped(url);
    }
}
