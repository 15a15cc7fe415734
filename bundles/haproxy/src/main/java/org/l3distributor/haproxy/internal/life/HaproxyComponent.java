// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxyEvent;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Held;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.haproxy.internal.files.Store;
import org.l3distributor.netns.NamespaceProcesses;
import org.l3distributor.netns.NamespaceSockets;
import org.l3distributor.netns.VipPlumber;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Publishes an {@link Engine} with the configuration {@code org.l3distributor.haproxy}. Without one there is none: what
 * lies in the default paths belongs to nobody before it is known that the agent's file names no others.
 */
@Component(
        configurationPid = "org.l3distributor.haproxy",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = HaproxyComponent.Configuration.class)
public final class HaproxyComponent implements Haproxy {
    /** Is there exactly where systemd is the init process (sd_booted(3)). */
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private final Engine engine;

    @ObjectClassDefinition(name = "HAProxy")
    @interface Configuration {
        @AttributeDefinition(description = "Where configurations, pid files and sockets lie; the controllers know it")
        String basePath() default "/var/lib/octavia";

        @AttributeDefinition(description = "Where certificates lie; empty: certs below basePath")
        String certificatePath() default "";

        @AttributeDefinition(description = "The program, by its absolute path")
        String command() default "/usr/sbin/haproxy";

        @AttributeDefinition(description = "The group that HAProxy drops to; written when there is no file of it yet")
        String group() default "nogroup";

        @AttributeDefinition(description = "The network namespace; empty: that of org.l3distributor.netns")
        String namespace() default "";

        @AttributeDefinition(description = "Who starts HAProxy: own, systemd, or auto (systemd where it runs)")
        String supervisor() default "auto";

        @AttributeDefinition(description = "The systemctl to be called, on the PATH or by its path")
        String systemctl() default "systemctl";

        @AttributeDefinition(description = "How often HAProxy is asked whether it is alive, in milliseconds")
        long probeMillis() default 1000;
    }

    @Activate
    public HaproxyComponent(
            Configuration configuration,
            @Reference NamespaceProcesses processes,
            @Reference NamespaceSockets sockets,
            @Reference VipPlumber plumber) {
        String namespace = configuration.namespace().isBlank() ? plumber.defaultNamespace() : configuration.namespace();
        Programs programs = new NetnsPrograms(namespace, processes, sockets, plumber);
        HaproxyCommand command = new HaproxyCommand(configuration.command());
        ProcessTable table = new ProcessTable();
        HaproxyLog log = new HaproxyLog();
        Supervisor own = new OwnSupervisor(programs, table, command, log);
        Supervisor systemd = new SystemdSupervisor(new HostPrograms(), configuration.systemctl());
        Supervisor starter = isSystemd(configuration.supervisor()) ? systemd : own;
        Threads threads = new Threads();
        Tools tools = new Tools(
                store(configuration),
                programs,
                table,
                new HoldingSupervisor(starter, own, systemd, table),
                command,
                Clock.systemUTC(),
                threads.pool(),
                threads.timer(),
                log);
        engine = new Engine(tools, threads, Duration.ofMillis(configuration.probeMillis()));
    }

    private static Store store(Configuration configuration) {
        Path base = Path.of(configuration.basePath());
        Path certificates = configuration.certificatePath().isBlank()
                ? base.resolve("certs")
                : Path.of(configuration.certificatePath());
        return new Store(base, certificates, configuration.group());
    }

    private static boolean isSystemd(String supervisor) {
        return switch (supervisor) {
            case "systemd" -> true;
            case "own" -> false;
            case "auto" -> Files.isDirectory(SYSTEMD);
            default ->
                throw new IllegalArgumentException(
                        "org.l3distributor.haproxy: supervisor is auto, own or systemd, not " + supervisor);
        };
    }

    @Deactivate
    public void close() {
        engine.close();
    }

    @Override
    public CompletionStage<UploadResult> upload(String loadBalancer, String amphora, byte[] configuration) {
        return engine.upload(loadBalancer, amphora, configuration);
    }

    @Override
    public Optional<StoredConfiguration> configuration(String loadBalancer) {
        return engine.configuration(loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> start(String loadBalancer) {
        return engine.start(loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> reload(String loadBalancer) {
        return engine.reload(loadBalancer);
    }

    @Override
    public CompletionStage<Optional<RunResult.Failed>> refusal(String loadBalancer) {
        return engine.refusal(loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> stop(String loadBalancer) {
        return engine.stop(loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> delete(String loadBalancer) {
        return engine.delete(loadBalancer);
    }

    @Override
    public CompletionStage<CertificateResult> putCertificate(String loadBalancer, String name, byte[] content) {
        return engine.putCertificate(loadBalancer, name, content);
    }

    @Override
    public CompletionStage<CertificateResult> certificate(String loadBalancer, String name) {
        return engine.certificate(loadBalancer, name);
    }

    @Override
    public CompletionStage<CertificateResult> deleteCertificate(String loadBalancer, String name) {
        return engine.deleteCertificate(loadBalancer, name);
    }

    @Override
    public HaproxySnapshot snapshot() {
        return engine.snapshot();
    }

    @Override
    public AutoCloseable listen(Consumer<HaproxyEvent> listener) {
        return engine.listen(listener);
    }

    @Override
    public CompletionStage<Optional<Statistics>> statistics(String loadBalancer) {
        return engine.statistics(loadBalancer);
    }

    @Override
    public CompletionStage<Optional<Held>> held(String loadBalancer) {
        return engine.held(loadBalancer);
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return engine.version();
    }
}
