// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** The controller's tables in a container: the bundles resolve, the database opens, and a driver of a server is there. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ControllerStoreTest {
    private static final String PID = "org.l3distributor.controller.store";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private StoreException reason;

    @Configuration
    public Option[] container() throws Exception {
        return Container.with("");
    }

    @Test
    public void store_opensItsDatabase_andSaysWhyItCannotOpenAnother() throws Exception {
        configure("jdbc:sqlite:" + Path.of(System.getProperty("l3d.data"), "controller", "controller.db"));
        features.installFeatures(Set.of("cap-controller"), EnumSet.noneOf(FeaturesService.Option.class));
        ControllerStore store = service(ControllerStore.class);
        Await.until("the database is open", SOON, () -> answers(store), () -> reason);
        store.run(tx -> tx.distributors()
                .insert(new Distributor("d", "L3_BGP", ProvisioningStatus.ACTIVE, "first", false, 1, 0)));
        assertEquals(List.of("d"), service(DistributorRecords.class).distributors("L3_BGP"));
        assertEquals(List.of(), service(NetworkRecords.class).networks());

        configure("jdbc:postgresql://127.0.0.1:1/nothing"); // no server there, and its driver says so
        Await.until(
                "the reason names PostgreSQL's database",
                SOON,
                () -> {
                    answers(service(ControllerStore.class));
                    return reason != null && reason.getMessage().contains("jdbc:postgresql://127.0.0.1:1/nothing");
                },
                () -> reason);
    }

    private boolean answers(ControllerStore store) {
        try {
            return store.in(tx -> tx.now()) != null;
        } catch (StoreException e) {
            reason = e;
            return false;
        }
    }

    private void configure(String url) throws Exception {
        configurations.getConfiguration(PID, null).update(new Hashtable<>(Map.of("url", url)));
    }

    private <T> T service(Class<T> type) throws Exception {
        Await.until(
                type.getSimpleName() + " is published",
                SOON,
                () -> context.getServiceReference(type) != null,
                () -> List.of(context.getBundles()));
        ServiceReference<T> reference = context.getServiceReference(type);
        T service = context.getService(reference);
        assertNotNull(service);
        return service;
    }
}
