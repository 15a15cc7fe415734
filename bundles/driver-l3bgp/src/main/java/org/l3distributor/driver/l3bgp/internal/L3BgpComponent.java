// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.time.Duration;
import java.util.Map;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.service.MetricSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes the driver of distributors of type L3_BGP. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.driver.l3bgp")
@Designate(ocd = L3BgpComponent.Config.class)
public final class L3BgpComponent {
    /** Configuration, PID org.l3distributor.driver.l3bgp. */
    @ObjectClassDefinition(name = "L3 Distributor L3 BGP driver")
    public @interface Config {
        @AttributeDefinition(description = "Milliseconds that an operation waits for routes on their way, 0..60000.")
        int patience() default 5_000;

        @AttributeDefinition(description = "Milliseconds between two rounds of repair, 1000..3600000.")
        int repairInterval() default 30_000;
    }

    private final L3BgpDriver driver;
    private final ServiceRegistration<MetricSource> metrics;
    private final ServiceRegistration<DistributorDriver> registration;

    @Activate
    public L3BgpComponent(
            BundleContext context,
            @Reference DistributorRecords records,
            @Reference AmphoraClients clients,
            Config config) {
        Duration patience = within("patience", config.patience(), 0, 60_000);
        Duration interval = within("repairInterval", config.repairInterval(), 1000, 3_600_000);
        driver = new L3BgpDriver(records, clients, patience, interval);
        metrics = context.registerService(MetricSource.class, driver.metrics(), null);
        registration = context.registerService(
                DistributorDriver.class,
                driver,
                FrameworkUtil.asDictionary(Map.of(DistributorDriver.TYPE, L3BgpDriver.L3_BGP)));
    }

    private static Duration within(String name, int millis, int least, int most) {
        if (millis < least || millis > most) {
            throw new IllegalArgumentException("org.l3distributor.driver.l3bgp: " + name + " must be " + least + ".."
                    + most + " ms, got " + millis);
        }
        return Duration.ofMillis(millis);
    }

    @Deactivate
    public void close() {
        registration.unregister();
        metrics.unregister();
        driver.close();
    }
}
