// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.Secret;
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
 * Publishes {@link ControllerStore}, the distributors' and the networks' records. The component always activates, and the
 * services are there at once: a failed activation would be final for DS, whereas a server that is down comes back.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = StoreComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent {
    static final String PID = "org.l3distributor.controller.store";
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration PROBE = Duration.ofSeconds(1);

    /** Configuration, PID org.l3distributor.controller.store. */
    @ObjectClassDefinition(name = "L3 Distributor controller store")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "jdbc:postgresql://host/name, jdbc:mariadb://host/name, or jdbc:sqlite:/file for one controller")
        String url();

        @AttributeDefinition(description = "The user of a server")
        String user() default "";

        @AttributeDefinition(description = "A file that holds the user's password and nothing else")
        String passwordFile() default "";

        @AttributeDefinition(description = "At most so many connections to a server, 1..100")
        int connections() default 10;

        @AttributeDefinition(
                description = "Make a database of Octavia 11 ours, in place: Octavia itself can't use it any more")
        boolean takeOver() default false;

        @AttributeDefinition(description = "The port of amphorae's API")
        int amphoraPort() default 9443;

        @AttributeDefinition(
                description = "A database of Octavia 11 whose rows are copied into ours, once, while ours has none")
        String importUrl() default "";

        @AttributeDefinition(description = "The user there")
        String importUser() default "";

        @AttributeDefinition(description = "A file that holds that user's password and nothing else")
        String importPasswordFile() default "";
    }

    private final SharedStore store = new SharedStore(PROBE);
    private final List<ServiceRegistration<?>> registrations;
    private final Opener<OpenStore> opener;

    @Activate
    public StoreComponent(BundleContext context, Config config) {
        registrations = List.of(
                context.registerService(ControllerStore.class, store, null),
                context.registerService(DistributorRecords.class, new JpaRecords(store, config.amphoraPort()), null),
                context.registerService(NetworkRecords.class, new JpaNetworks(store), null));
        // read at each attempt: a password's file that isn't there yet is waited for, as the server is
        opener = new Opener<>(
                "controller-store-open",
                () -> OpenStore.open(settings(config)),
                new Shown(store),
                FIRST_RETRY,
                LONGEST_RETRY);
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    private static Settings settings(Config config) {
        if (config.url() == null || config.url().isBlank()) {
            throw new IllegalArgumentException("url is missing");
        }
        Settings settings = new Settings(
                config.url().strip(),
                config.user(),
                password("passwordFile", config.passwordFile()),
                Math.min(Math.max(config.connections(), 1), 100),
                config.takeOver(),
                octavia(config));
        settings.dialect(); // a wrong URL is told before anything is tried
        return settings;
    }

    private static @Nullable Settings octavia(Config config) {
        if (config.importUrl().isBlank()) {
            return null;
        }
        Settings octavia = new Settings(
                config.importUrl().strip(),
                config.importUser(),
                password("importPasswordFile", config.importPasswordFile()),
                1,
                false,
                null);
        octavia.dialect();
        return octavia;
    }

    private static @Nullable Secret password(String key, String file) {
        if (file.isBlank()) {
            return null;
        }
        try {
            return Secret.of(Files.readString(Path.of(file.strip())).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException(key + "=" + file.strip() + ": " + e, e);
        }
    }

    /** Hands what the opener finds to the store that everybody has. */
    record Shown(SharedStore shared) implements Opener.Publisher<OpenStore> {
        @Override
        public Opener.Publication open(OpenStore opened) {
            shared.opened(opened);
            return () -> shared.closed(new StoreException("closing", new IllegalStateException("closing")));
        }

        @Override
        public Opener.Publication notOpen(Throwable reason, Duration retry) {
            StoreException fault;
            if (reason instanceof StoreException told) {
                fault = told;
            } else if (reason instanceof IllegalArgumentException) {
                fault = new StoreException(PID + ": " + reason.getMessage(), reason);
            } else {
                fault = new StoreException("open: " + reason, reason);
            }
            StoreLog.notOpen(String.valueOf(fault.getMessage()), retry);
            shared.closed(fault);
            return () -> {};
        }
    }

    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        opener.close();
        store.close();
    }
}
