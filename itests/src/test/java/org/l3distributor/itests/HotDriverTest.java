// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Drivers;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.net.IpAddress;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Somebody else's driver is installed, used, and taken away on a running container, which has never heard of it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDriverTest {
    private static final String TYPE = "ROUTE_FILE";
    private static final VipKey KEY = new VipKey("d1", "lb1");
    private static final Member MEMBER = new Member("amphora-1", null, List.of(IpAddress.parse("10.20.0.1")), "rack1");

    @Inject
    private BundleContext context;

    private final OneVip records =
            new OneVip(new DistributorRecord("d1", TYPE, DistributorRecord.Topology.COMBINED, 1, List.of()));
    private final Drivers drivers = new Drivers(Duration.ofMinutes(2));
    private ServiceRegistration<DistributorRecords> published;
    private ServiceTracker<DistributorDriver, DistributorDriver> tracker;

    @Configuration
    public Option[] container() throws Exception {
        Path routes = Path.of("target/exam/routes").toAbsolutePath();
        return Stream.concat(
                        Stream.of(Container.with("role-distributor")),
                        Stream.of(
                                systemProperty("l3d.example.driver")
                                        .value(Path.of(System.getProperty("l3d.example.driver"))
                                                .toAbsolutePath()
                                                .toString()),
                                systemProperty("l3d.example.routes").value(routes.toString()),
                                editConfigurationFilePut(
                                        "etc/com.example.routefile.cfg", "directory", routes.toString())))
                .toArray(Option[]::new);
    }

    @Before
    public void open() {
        published = context.registerService(DistributorRecords.class, records, new Hashtable<>(Map.of()));
        tracker = new ServiceTracker<>(context, DistributorDriver.class, null) {
            @Override
            public DistributorDriver addingService(ServiceReference<DistributorDriver> reference) {
                DistributorDriver driver = super.addingService(reference);
                drivers.add((String) reference.getProperty(DistributorDriver.TYPE), driver);
                return driver;
            }

            @Override
            public void removedService(ServiceReference<DistributorDriver> reference, DistributorDriver driver) {
                drivers.remove((String) reference.getProperty(DistributorDriver.TYPE), driver);
                super.removedService(reference, driver);
            }
        };
        tracker.open();
    }

    @After
    public void close() {
        tracker.close();
        published.unregister();
        drivers.close();
    }

    private Bundle install() throws Exception {
        Bundle bundle = context.installBundle(
                Path.of(System.getProperty("l3d.example.driver")).toUri().toString());
        bundle.start();
        Await.until(
                "the driver is there",
                Duration.ofSeconds(30),
                () -> drivers.of(TYPE).isPresent(),
                () -> "bundle state " + bundle.getState() + ", types " + drivers.types());
        return bundle;
    }

    private static DriverResult<VipStatus> ended(Operation<VipStatus> operation) throws Exception {
        return operation.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private DistributorDriver driver() {
        return drivers.of(TYPE).orElseThrow();
    }

    @Test
    public void driver_isInstalledUsedTakenAwayInTheMiddle_andInstalledAgain() throws Exception {
        assertTrue(drivers.types().isEmpty());
        Bundle bundle = install();
        assertEquals(Set.of(TYPE), drivers.types());
        ended(driver().addVip(KEY, List.of(IpAddress.parse("203.0.113.10"))));
        assertTrue(ended(driver().registerAmphorae(KEY, List.of(MEMBER))) instanceof DriverResult.Done);
        Path file = Path.of(System.getProperty("l3d.example.routes"), "203.0.113.10.routes");
        assertEquals("route replace 203.0.113.10/32 nexthop via 10.20.0.1\n", Files.readString(file));

        CountDownLatch hanging = records.hang();
        try {
            DistributorDriver held = driver();
            Operation<VipStatus> open = held.unregisterAmphorae(KEY, List.of("amphora-1"));
            CompletableFuture<DriverResult<VipStatus>> result = open.result().toCompletableFuture();
            assertFalse(result.isDone());
            bundle.uninstall();
            assertTrue(result.get(60, TimeUnit.SECONDS) instanceof DriverResult.Failed);
            assertTrue(drivers.types().isEmpty());
            assertTrue(
                    "a driver that is still held by somebody",
                    ended(held.removeVip(KEY)) instanceof DriverResult.Failed);
        } finally {
            hanging.countDown();
        }

        Bundle again = install();
        assertTrue(ended(driver().unregisterAmphorae(KEY, List.of("amphora-1"))) instanceof DriverResult.Done);
        assertFalse(Files.exists(file));
        again.uninstall();
        assertTrue(drivers.types().isEmpty());
    }
}
