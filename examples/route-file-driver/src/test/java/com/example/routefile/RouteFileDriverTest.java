// SPDX-License-Identifier: Apache-2.0
package com.example.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.driver.contract.DistributorDriverContract;
import org.l3distributor.net.IpAddress;

/** The contract of all drivers, and what is this one's own. */
class RouteFileDriverTest extends DistributorDriverContract {
    @TempDir
    static Path all;

    private final Path directory = all.resolve(UUID.randomUUID().toString());

    /** What a driver has begun it ends, also after it was closed; the files are deleted after that. */
    @AfterAll
    static void driversHaveEnded() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("route-file")) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Override
    protected DistributorDriver open(DistributorRecords records) {
        return new RouteFileDriver(records, directory.resolve("routes"), Duration.ofMillis(100));
    }

    @Override
    protected void close(DistributorDriver driver) {
        ((RouteFileDriver) driver).close();
    }

    @Override
    protected DistributorRecord distributor() {
        return new DistributorRecord(
                "d1", RouteFileDriver.ROUTE_FILE, DistributorRecord.Topology.COMBINED, 1, List.of());
    }

    @Override
    protected Member member(int number) {
        return new Member(
                "amphora-" + number,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9443),
                List.of(IpAddress.parse("10.20.0." + number), IpAddress.parse("2001:db8:f::" + number)),
                "rack1");
    }

    private DriverResult<VipStatus> register(int number) throws Exception {
        return driver.registerAmphorae(key(), List.of(member(number)))
                .result()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void file_hasTheNextHopsOfItsVip_andGoesWithTheLast() throws Exception {
        IpAddress vip = IpAddress.parse("203.0.113.10");
        driver.addVip(key(), List.of(vip));
        register(1);
        assertThat(register(2)).isInstanceOf(DriverResult.Done.class);
        Path file = directory.resolve("routes/203.0.113.10.routes");
        assertThat(file).hasContent("route replace 203.0.113.10/32 nexthop via 10.20.0.1 nexthop via 10.20.0.2\n");
        driver.unregisterAmphorae(key(), List.of("amphora-1", "amphora-2"))
                .result()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(file).doesNotExist();
    }

    @Test
    void directory_thatCannotBeMade_isUnfinished_andRepairedLater() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("routes"), "in the way");
        driver.addVip(key(), List.of(IpAddress.parse("203.0.113.10")));
        assertThat(register(1)).isInstanceOf(DriverResult.Unfinished.class);
        Files.delete(directory.resolve("routes"));
        Path file = directory.resolve("routes/203.0.113.10.routes");
        for (int i = 0; i < 1000 && !Files.exists(file); i++) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(file).hasContent("route replace 203.0.113.10/32 nexthop via 10.20.0.1\n");
    }
}
