// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.l3distributor.http.ApiAnswers;
import org.l3distributor.http.ControllerDoor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The amphora's door: listens as long as somebody says that its API answers. A client therefore meets a closed port or
 * the whole API, never half of it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.http",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpComponent.Config.class)
public final class HttpComponent {
    /** Configuration, PID org.l3distributor.http; on an appliance it is written from the agent's file. */
    @ObjectClassDefinition(name = "L3 Distributor HTTPS listener")
    public @interface Config {
        @AttributeDefinition(description = "Address to listen on")
        String bindHost() default "::";

        @AttributeDefinition(description = "Port, 0-65535; 0: any that is free")
        int bindPort() default 9443;

        @AttributeDefinition(description = "PEM file with the server's private key, its certificate and intermediates")
        String serverCertificate();

        @AttributeDefinition(description = "PEM file with the authorities whose clients are let in")
        String clientCa();
    }

    private final Listener listener;

    /** A new one may be bound before the one that it replaces is unbound. */
    private final Set<ApiAnswers> standing = new HashSet<>();

    @Activate
    public HttpComponent(BundleContext context, Config config, @Reference WebServerComponent web) {
        Path run = Path.of(context.getProperty("karaf.data") == null ? "." : context.getProperty("karaf.data"), "run");
        TlsFiles files = new TlsFiles(Path.of(config.serverCertificate()), Path.of(config.clientCa()));
        listener = new Listener(
                new Listener.Settings(config.bindHost(), config.bindPort(), files, run.resolve("https")),
                new Door(web.web(), null));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(" + ControllerDoor.API + "=" + ControllerDoor.CONTROLLER + "))")
    synchronized void bindAnswers(ApiAnswers answers) {
        standing.add(answers);
        listener.want(true);
    }

    synchronized void unbindAnswers(ApiAnswers answers) {
        standing.remove(answers);
        listener.want(!standing.isEmpty());
    }

    @Deactivate
    public void close() {
        listener.close();
    }
}
