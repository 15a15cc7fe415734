// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.nio.file.Path;
import java.time.Duration;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.distributor.service.MetricSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Publishes {@link AmphoraClients} as soon as this side's certificate can be used. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ClientsComponent.Config.class)
public final class ClientsComponent {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** Configuration, PID org.l3distributor.client. */
    @ObjectClassDefinition(name = "L3 Distributor amphora client")
    public @interface Config {
        @AttributeDefinition(
                description = "PEM file with this side's certificate chain and private key, as Octavia's client_cert.")
        String certificate();

        @AttributeDefinition(
                description = "PEM file with the authorities that certify amphorae, as Octavia's server_ca.")
        String authority();

        @AttributeDefinition(description = "Milliseconds for a call with all its attempts, 1000..600000.")
        int deadline() default 15_000;

        @AttributeDefinition(
                description = "Milliseconds for one attempt, 1000..600000; an appliance answers within 8 s.")
        int attempt() default 10_000;

        @AttributeDefinition(
                description = "Milliseconds for one attempt that has HAProxy checked, started or stopped, or an"
                        + " interface plugged, 1000..600000; an appliance answers within 50 s.")
        int work() default 60_000;

        @AttributeDefinition(description = "Milliseconds for a connection with its TLS handshake, 100..600000.")
        int connect() default 5_000;
    }

    private final CertificateWatch watch;

    @Activate
    public ClientsComponent(BundleContext context, Config config) {
        ClientTls tls = new ClientTls(
                Path.of(given("certificate", config.certificate())), Path.of(given("authority", config.authority())));
        Clients.Limits limits = Clients.Limits.of(
                within("deadline", config.deadline(), 1000),
                within("attempt", config.attempt(), 1000),
                within("work", config.work(), 1000),
                within("connect", config.connect(), 100));
        watch = new CertificateWatch(tls, limits, clients -> publish(context, clients), LOOK_AGAIN);
    }

    private static Runnable publish(BundleContext context, Clients clients) {
        ServiceRegistration<MetricSource> metrics =
                context.registerService(MetricSource.class, clients.metrics(), null);
        ServiceRegistration<AmphoraClients> registration = context.registerService(AmphoraClients.class, clients, null);
        return () -> {
            registration.unregister();
            metrics.unregister();
        };
    }

    private static String given(String name, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("org.l3distributor.client: " + name + " is missing");
        }
        return text.strip();
    }

    private static Duration within(String name, int millis, int least) {
        if (millis < least || millis > 600_000) {
            throw new IllegalArgumentException(
                    "org.l3distributor.client: " + name + " must be " + least + "..600000 ms, got " + millis);
        }
        return Duration.ofMillis(millis);
    }

    @Deactivate
    public void close() {
        watch.close();
    }
}
