// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.http.ApiAnswers;
import org.l3distributor.http.ControllerDoor;
import org.l3distributor.net.IpAddress;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The controller's door: listens as long as somebody says that its API answers. Every container has it, and most are no
 * controllers: until that API answers for the first time it has no thread and looks at nothing.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.controller.http")
@Designate(ocd = ControllerHttpComponent.Config.class)
public final class ControllerHttpComponent {
    /** Configuration, PID org.l3distributor.controller.http. */
    @ObjectClassDefinition(name = "L3 Distributor controller's listener")
    public @interface Config {
        @AttributeDefinition(description = "Address to listen on; without TLS a loopback one")
        String bindHost() default "127.0.0.1";

        @AttributeDefinition(description = "Port, 0-65535; 0: any that is free")
        int bindPort() default 9876;

        @AttributeDefinition(description = "Whether TLS is spoken")
        boolean tls() default true;

        @AttributeDefinition(
                description = "With TLS: PEM file with the server's private key, its certificate and intermediates")
        String serverCertificate() default "/etc/l3-distributor/controller.pem";
    }

    private final Listener.Settings settings;
    private final WebServerComponent web;
    private @Nullable Listener listener;

    /** A new one may be bound before the one that it replaces is unbound. */
    private final Set<ApiAnswers> standing = new HashSet<>();

    /** @throws IllegalArgumentException when the port would carry users' tokens in the clear over a network */
    @Activate
    public ControllerHttpComponent(BundleContext context, Config config, @Reference WebServerComponent web) {
        Path run = Path.of(context.getProperty("karaf.data") == null ? "." : context.getProperty("karaf.data"), "run");
        TlsFiles files = files(config.tls(), config.bindHost(), config.serverCertificate());
        settings = new Listener.Settings(config.bindHost(), config.bindPort(), files, run.resolve("controller"));
        this.web = web;
    }

    static @Nullable TlsFiles files(boolean tls, String host, String serverCertificate) {
        if (tls) {
            return new TlsFiles(Path.of(serverCertificate), null);
        }
        if (!isLoopback(host)) {
            throw new IllegalArgumentException("org.l3distributor.controller.http: bindHost=" + host
                    + " without TLS would carry tokens in the clear; set tls=true, or a loopback address");
        }
        return null;
    }

    /** Literals only: what a name leads to may change. */
    private static boolean isLoopback(String host) {
        try {
            return IpAddress.parse(host).isLoopback();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + ControllerDoor.API + "=" + ControllerDoor.CONTROLLER + ")")
    synchronized void bindAnswers(ApiAnswers answers) {
        standing.add(answers);
        if (listener == null) {
            listener = new Listener(settings, new Door(web.web(), ControllerDoor.PREFIX));
        }
        listener.want(true);
    }

    synchronized void unbindAnswers(ApiAnswers answers) {
        standing.remove(answers);
        if (listener != null) {
            listener.want(!standing.isEmpty());
        }
    }

    @Deactivate
    public void close() {
        Listener open;
        synchronized (this) {
            open = listener;
        }
        if (open != null) {
            open.close();
        }
    }
}
