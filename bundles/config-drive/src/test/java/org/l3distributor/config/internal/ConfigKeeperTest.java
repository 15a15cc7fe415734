// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.config.internal.drive.DriveFinder;
import org.l3distributor.distributor.service.AgentConfiguration.Snapshot;

class ConfigKeeperTest {
    private static final String GOOD = DriveTree.AGENT + DriveTree.PROFILE;

    @TempDir
    Path folder;

    private final BlockingQueue<Snapshot> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> http = new LinkedBlockingQueue<>();
    private ConfigKeeper keeper;

    @BeforeEach
    void startWithoutADrive() {
        keeper = new ConfigKeeper(importer(), Overlay.NONE, 1, s -> http.add(String.valueOf(s)));
        keeper.listen(heard::add);
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    private Importer importer() {
        return new Importer(folder.resolve("data"), () -> DriveFinder.open(folder.resolve("drive")));
    }

    @Test
    void keeper_whenTheDriveComes_tellsItsListenersAndTheListener() throws InterruptedException {
        assertThat(keeper.snapshot().profile()).isNull();
        assertThat(keeper.snapshot().faults()).hasSize(1);
        assertThat(http.poll()).isEqualTo("null");
        new DriveTree(folder.resolve("drive")).personality(GOOD);
        Snapshot snapshot = awaitProfile();
        assertThat(keeper.snapshot()).isEqualTo(snapshot);
        assertThat(http).last().asString().contains("server.pem");
    }

    @Test
    void keeper_configuredWithAnOverlay_tellsTheChange() throws InterruptedException {
        new DriveTree(folder.resolve("drive")).personality(GOOD);
        awaitProfile();
        keeper.configure(importer(), Overlay.of(Map.of("l3_bgp_peer:tor1/hold_time", "30")), 1);
        assertThat(awaitProfile().profile().peers().get(0).holdTime()).hasSeconds(30);
    }

    @Test
    void keeper_whoseListenerFails_goesOn() throws InterruptedException {
        keeper.listen(s -> {
            throw new IllegalStateException("a listener that fails, on purpose");
        });
        new DriveTree(folder.resolve("drive")).personality(GOOD);
        awaitProfile();
        keeper.configure(importer(), Overlay.of(Map.of("l3_bgp_peer:tor1/hold_time", "30")), 1);
        assertThat(awaitProfile().profile().peers().get(0).holdTime()).hasSeconds(30);
    }

    /** The drive may be seen half written; what matters is what comes in the end. */
    private Snapshot awaitProfile() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            Snapshot snapshot = heard.poll(1, TimeUnit.SECONDS);
            if (snapshot != null
                    && snapshot.profile() != null
                    && snapshot.faults().isEmpty()) {
                return snapshot;
            }
        }
        throw new AssertionError("no profile came; the snapshot is " + keeper.snapshot());
    }
}
