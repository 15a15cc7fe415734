// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import java.util.Map;
import java.util.UUID;
import org.l3distributor.distributor.network.NetworkAdmin;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkRecords;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes the driver while somebody keeps its rows. */
@Component(
        service = {},
        immediate = true)
public final class LocalNetworksComponent {
    private final StoreThread thread = new StoreThread();
    private final ServiceRegistration<?> registration;

    @Activate
    public LocalNetworksComponent(BundleContext context, @Reference NetworkRecords records) {
        registration = context.registerService(
                new String[] {NetworkDriver.class.getName(), NetworkAdmin.class.getName()},
                new LocalNetworks(records, thread, UUID::randomUUID),
                FrameworkUtil.asDictionary(Map.of(NetworkDriver.TYPE, "local")));
    }

    @Deactivate
    public void close() {
        registration.unregister();
        thread.close();
    }
}
