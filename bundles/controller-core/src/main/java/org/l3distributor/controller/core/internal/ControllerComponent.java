// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.run.DefaultDistributor;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.Drivers;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.service.RoleStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A controller: there when the tables' service is, with whatever drivers there are. It always activates: what it needs
 * besides, keys and an address, may come later, and a failed activation would be final.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = ControllerComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ControllerConfig.class)
public final class ControllerComponent implements DriverSet {
    static final String PID = "org.l3distributor.controller";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Drivers distributors = new Drivers(SettingsReader.PATIENCE);
    private final Map<String, ComputeDriver> computes = new ConcurrentHashMap<>();
    private volatile @Nullable NetworkDriver network;
    private volatile @Nullable AmphoraClients amphorae;
    private volatile String computeType = "";
    private volatile boolean tables;
    private volatile @Nullable Controller controller;
    private final Beginning beginning;
    private final AutoCloseable opening;
    private final ServiceRegistration<RoleStatus> status;

    @Activate
    public ControllerComponent(BundleContext context, @Reference ControllerStore store, ControllerConfig config) {
        String data = context.getProperty("l3d.data");
        ControllerName name = new ControllerName(Path.of(data == null ? "." : data, "controller", "id"));
        beginning = new Beginning(() -> begin(context, store, SettingsReader.read(config, name::get)), LOOK_AGAIN);
        opening = store.listen(open -> {
            tables = open;
            beginning.soon();
        });
        status = context.registerService(RoleStatus.class, this::status, null);
    }

    private String status() {
        String reason = beginning.waitsFor();
        if (!reason.isEmpty()) {
            return "controller waits: " + reason;
        }
        Controller running = controller;
        int held = running == null ? 0 : running.held();
        String works = held == 0
                ? "controller works"
                : "controller works; " + held
                        + " amphorae fell silent together and aren't replaced: controller:silent shows them";
        return tables ? works : "controller waits for its tables";
    }

    /** Not before the tables are open: whoever finds the API's port open is answered. */
    private @Nullable Controller begin(BundleContext context, ControllerStore store, Settings settings)
            throws NotUsable {
        if (!tables || !agrees(store, settings)) {
            return null;
        }
        computeType = settings.effects().computeType();
        Controller begun = new Controller(context, store, this, settings);
        controller = begun;
        ControllerLog.works(settings);
        return begun;
    }

    /** False where the tables can't be asked; that they are away their store tells. */
    private static boolean agrees(ControllerStore store, Settings settings) throws NotUsable {
        Optional<String> contradiction;
        try {
            contradiction = DefaultDistributor.contradiction(
                    store, settings.work().distributorId(), settings.distributorType());
        } catch (StoreException e) {
            return false;
        }
        if (contradiction.isPresent()) {
            throw new NotUsable(List.of(contradiction.get()));
        }
        return true;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCompute(ComputeDriver driver, Map<String, Object> properties) {
        computes.put(String.valueOf(properties.get(ComputeDriver.TYPE)), driver);
    }

    void unbindCompute(ComputeDriver driver, Map<String, Object> properties) {
        computes.remove(String.valueOf(properties.get(ComputeDriver.TYPE)), driver);
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
        return Optional.ofNullable(computes.get(computeType));
    }

    @Override
    public Optional<NetworkDriver> network() {
        return Optional.ofNullable(network);
    }

    @Override
    public Optional<DistributorDriver> distributor(String type) {
        return distributors.of(type);
    }

    @Override
    public Optional<AmphoraClients> amphorae() {
        return Optional.ofNullable(amphorae);
    }

    @Deactivate
    public void close() throws Exception {
        status.unregister();
        opening.close();
        beginning.close();
        distributors.close();
    }
}
