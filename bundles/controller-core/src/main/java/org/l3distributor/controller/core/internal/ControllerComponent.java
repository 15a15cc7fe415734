// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.beat.BeatLog;
import org.l3distributor.controller.core.internal.beat.HealthManager;
import org.l3distributor.controller.core.internal.drivers.DriverEffects;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.files.ControllerFiles;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.controller.core.internal.run.DefaultDistributor;
import org.l3distributor.controller.core.internal.run.WorkLog;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.Drivers;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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

/** A controller: there when the tables' service is, with whatever drivers there are. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.l3distributor.controller",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ControllerComponent.Config.class)
public final class ControllerComponent implements DriverSet {
    /** Configuration, PID org.l3distributor.controller. */
    @ObjectClassDefinition(name = "L3 Distributor controller")
    public @interface Config {
        @AttributeDefinition(description = "This controller's name among those of one database, at most 64 characters.")
        String controllerId();

        @AttributeDefinition(description = "Id of the distributor that leads traffic to new load balancers.")
        String distributorId();

        @AttributeDefinition(description = "That distributor's type.")
        String distributorType() default "L3_BGP";

        @AttributeDefinition(description = "How many amphorae a load balancer has, 1..64: one more than it needs.")
        int amphorae() default 4;

        @AttributeDefinition(description = "Id of the network on which amphorae are managed.")
        String managementNetwork();

        @AttributeDefinition(description = "Id of the subnet on which amphorae are managed.")
        String managementSubnet();

        @AttributeDefinition(description = "Port of the amphorae's API.")
        int amphoraPort() default 9443;

        @AttributeDefinition(description = "Address on which heartbeats come in.")
        String heartbeatHost();

        @AttributeDefinition(description = "UDP port on which heartbeats come in.")
        int heartbeatPort() default 5555;

        @AttributeDefinition(
                description = "Where amphorae send heartbeats: IP:PORT, [IP6]:PORT of every controller; empty: here.")
        String heartbeatControllers() default "";

        @AttributeDefinition(description = "File with the key that heartbeats are signed with.")
        String heartbeatKeyFile();

        @AttributeDefinition(description = "Seconds between two heartbeats of an amphora, 1..3600.")
        int heartbeatInterval() default 10;

        @AttributeDefinition(description = "Seconds without a heartbeat after which an amphora is replaced.")
        int heartbeatTimeout() default 60;

        @AttributeDefinition(description = "Part of a VIP's members that may be taken out within the window.")
        double withdrawalShare() default 0.5;

        @AttributeDefinition(description = "Seconds of that window.")
        int withdrawalWindow() default 60;

        @AttributeDefinition(description = "PEM file with the authority that certifies amphorae.")
        String serverAuthority();

        @AttributeDefinition(description = "PEM file with that authority's RSA key.")
        String serverAuthorityKey();

        @AttributeDefinition(description = "Days for which an amphora's certificate is good, 1..3650.")
        int certificateDays() default 30;

        @AttributeDefinition(description = "PEM file with the authority of the controllers' own certificates.")
        String clientAuthority();

        @AttributeDefinition(description = "File with the password of BGP sessions with auth_type = md5; empty: none.")
        String md5PasswordFile() default "";

        @AttributeDefinition(description = "Tasks that are worked on at once, 1..256.")
        int threads() default 16;

        @AttributeDefinition(description = "Seconds that connections are given before an amphora goes, 0..3600.")
        int grace() default 30;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final Drivers distributors = new Drivers(PATIENCE);
    private final String distributorType;
    private final ExecutorService executor;
    private final WorkLog log = new WorkLog();
    private final AutoCloseable opening;
    private final Worker worker;
    private final HealthManager health;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private volatile @Nullable ComputeDriver compute;
    private volatile @Nullable NetworkDriver network;
    private volatile @Nullable AmphoraClients amphorae;

    @Activate
    public ControllerComponent(BundleContext context, @Reference ControllerStore store, Config config)
            throws IOException, GeneralSecurityException {
        distributorType = config.distributorType();
        Secret heartbeatKey = secret(config.heartbeatKeyFile());
        ControllerFiles files = files(store, config, heartbeatKey);
        executor = Executors.newFixedThreadPool(8, task -> {
            Thread thread = new Thread(task, "controller-tables");
            thread.setDaemon(true);
            return thread;
        });
        DriverEffects effects = new DriverEffects(
                this,
                files,
                new DriverEffects.Settings(
                        config.managementNetwork(), config.managementSubnet(), config.amphoraPort(), PATIENCE),
                executor);
        worker = new Worker(store, effects, work(config), log);
        health = new HealthManager(store, beats(config, heartbeatKey), Clock.systemUTC(), worker::nudge, new BeatLog());
        opening = store.listen(open -> {
            if (open) {
                executor.execute(() -> distributor(store, config));
            }
        });
        publish(
                context,
                new Services(
                        store, this::network, executor, worker::nudge, within("amphorae", config.amphorae(), 1, 64)));
    }

    private void distributor(ControllerStore store, Config config) {
        try {
            DefaultDistributor.ensure(store, config.distributorId(), distributorType);
            worker.nudge();
        } catch (StoreException e) {
            log.unreachable(e); // and the listener is told when it is back
        }
    }

    private static ControllerFiles files(ControllerStore store, Config config, Secret heartbeatKey)
            throws IOException, GeneralSecurityException {
        int days = within("certificateDays", config.certificateDays(), 1, 3650);
        CertificateIssuer issuer = new CertificateIssuer(
                Files.readAllBytes(Path.of(config.serverAuthority())),
                Files.readAllBytes(Path.of(config.serverAuthorityKey())),
                Duration.ofDays(days));
        IpAddress host = IpAddress.parse(config.heartbeatHost());
        String here =
                (host.family().ipVersion() == 6 ? "[" + host + "]" : host.toString()) + ":" + config.heartbeatPort();
        return new ControllerFiles(
                store,
                issuer,
                new ControllerFiles.Settings(
                        config.heartbeatControllers().isBlank() ? here : config.heartbeatControllers(),
                        heartbeatKey,
                        config.heartbeatInterval(),
                        config.md5PasswordFile().isBlank() ? null : secret(config.md5PasswordFile()),
                        Files.readAllBytes(Path.of(config.clientAuthority()))));
    }

    private static Secret secret(String file) throws IOException {
        return Secret.of(Files.readString(Path.of(file)).strip());
    }

    private static Worker.Settings work(Config config) {
        Limits limits = new Limits(
                Limits.DEFAULT.boot(),
                Limits.DEFAULT.spare(),
                Limits.DEFAULT.attempts(),
                Duration.ofSeconds(within("grace", config.grace(), 0, 3600)));
        return new Worker.Settings(
                config.controllerId(),
                config.distributorId(),
                within("threads", config.threads(), 1, 256),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                limits);
    }

    private static HealthManager.Settings beats(Config config, Secret key) throws IOException {
        int interval = within("heartbeatInterval", config.heartbeatInterval(), 1, 3600);
        return new HealthManager.Settings(
                new InetSocketAddress(
                        InetAddress.getByAddress(
                                IpAddress.parse(config.heartbeatHost()).toBytes()),
                        within("heartbeatPort", config.heartbeatPort(), 0, 65_535)),
                key,
                Duration.ofSeconds(interval),
                Duration.ofSeconds(within("heartbeatTimeout", config.heartbeatTimeout(), interval + 1, 86_400)),
                new WithdrawalBudget(
                        config.withdrawalShare(),
                        Duration.ofSeconds(within("withdrawalWindow", config.withdrawalWindow(), 1, 86_400))),
                Duration.ofMillis(200),
                Duration.ofMillis(500));
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "org.l3distributor.controller: " + name + " must be " + least + ".." + most + ", got " + value);
        }
        return value;
    }

    private void publish(BundleContext context, Services services) {
        registrations.add(context.registerService(LoadBalancerService.class, services.loadBalancers(), null));
        registrations.add(context.registerService(ListenerService.class, services.listeners(), null));
        registrations.add(context.registerService(PoolService.class, services.pools(), null));
        registrations.add(context.registerService(MemberService.class, services.members(), null));
        registrations.add(context.registerService(BgpProfileService.class, services.profiles(), null));
        registrations.add(context.registerService(HealthMonitorService.class, services.healthMonitors(), null));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindCompute(ComputeDriver driver) {
        compute = driver;
    }

    void unbindCompute(ComputeDriver driver) {
        compute = compute == driver ? null : compute;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindNetwork(NetworkDriver driver) {
        network = driver;
    }

    void unbindNetwork(NetworkDriver driver) {
        network = network == driver ? null : network;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAmphorae(AmphoraClients clients) {
        amphorae = clients;
    }

    void unbindAmphorae(AmphoraClients clients) {
        amphorae = amphorae == clients ? null : amphorae;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDistributor(DistributorDriver driver, Map<String, Object> properties) {
        distributors.add(String.valueOf(properties.get(DistributorDriver.TYPE)), driver);
    }

    void unbindDistributor(DistributorDriver driver, Map<String, Object> properties) {
        distributors.remove(String.valueOf(properties.get(DistributorDriver.TYPE)), driver);
    }

    @Override
    public Optional<ComputeDriver> compute() {
        return Optional.ofNullable(compute);
    }

    @Override
    public Optional<NetworkDriver> network() {
        return Optional.ofNullable(network);
    }

    @Override
    public Optional<DistributorDriver> distributor() {
        return distributors.of(distributorType);
    }

    @Override
    public Optional<AmphoraClients> amphorae() {
        return Optional.ofNullable(amphorae);
    }

    @Deactivate
    public void close() throws Exception {
        opening.close();
        registrations.forEach(ServiceRegistration::unregister);
        health.close();
        worker.close();
        distributors.close();
        executor.shutdownNow();
    }
}
