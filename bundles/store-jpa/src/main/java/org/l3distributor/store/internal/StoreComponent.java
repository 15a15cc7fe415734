// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.nio.file.Path;
import java.time.Duration;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.relational.Opener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Publishes {@link ApplianceStore}: the database as soon as it is open, until then one that says why it isn't. The
 * component itself always activates: a failed activation would be final for DS, whereas a full disk or a late mount heals.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.store",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** Configuration, PID org.l3distributor.store. */
    @ObjectClassDefinition(name = "L3 Distributor store")
    public @interface Config {
        @AttributeDefinition(
                description = "Directory of the database; made if absent. Outside the container's bundle cache.")
        String directory();
    }

    private final Opener<JpaStore> opener;

    @Activate
    public StoreComponent(BundleContext context, Config config) {
        String directory = config.directory();
        if (directory == null || directory.isBlank()) {
            throw new IllegalArgumentException("org.l3distributor.store: directory is missing");
        }
        Path path = Path.of(directory.strip());
        opener = new Opener<>(
                "store-open",
                () -> JpaStore.open(path),
                new StorePublisher(store -> publish(context, store)),
                FIRST_RETRY,
                LONGEST_RETRY);
    }

    private static Opener.Publication publish(BundleContext context, ApplianceStore store) {
        ServiceRegistration<ApplianceStore> registration = context.registerService(ApplianceStore.class, store, null);
        return registration::unregister;
    }

    @Deactivate
    public void close() {
        opener.close();
    }
}
