// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import static org.l3distributor.distributor.store.contract.MemoryStore.Contradiction.unless;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.AmphoraRegistration;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.DistributorRows;

final class MemoryDistributors extends MemoryRows<Distributor> implements DistributorRows {
    private final MemoryTables tables;

    MemoryDistributors(MemoryTables tables) {
        super("distributor", tables.distributors, Distributor::id, Distributor::version, Distributor::withVersion);
        this.tables = tables;
        column("distributor_type", Distributor::type);
        column("status", Distributor::status);
        column("l3d_name", Distributor::name);
        column("l3d_dedicated", Distributor::dedicated);
        column("l3d_redundancy", Distributor::redundancy);
        checked(
                d -> {},
                id -> unless(
                        loadBalancers(id).isEmpty()
                                && tables.amphorae.values().stream().noneMatch(a -> id.equals(a.distributorId()))
                                && tables.loadBalancers.values().stream()
                                        .noneMatch(lb -> id.equals(lb.distributorId())),
                        "distributor " + id + " is referred to"));
    }

    @Override
    public List<AmphoraRegistration> registrations(String loadBalancerId) {
        VipRecord vip = tables.vips.get(loadBalancerId);
        return vip == null
                ? List.of()
                : vip.members().stream()
                        .map(m -> new AmphoraRegistration(
                                m.amphoraId(), loadBalancerId, vip.key().distributorId()))
                        .toList();
    }

    @Override
    public List<String> loadBalancers(String distributorId) {
        return tables.vips.values().stream()
                .filter(vip -> vip.key().distributorId().equals(distributorId))
                .map(vip -> vip.key().loadBalancerId())
                .toList();
    }

    @Override
    public Optional<String> leader(String loadBalancerId) {
        return Optional.ofNullable(tables.vips.get(loadBalancerId))
                .map(vip -> vip.key().distributorId());
    }

    @Override
    public boolean speaks(String amphoraId) {
        return tables.vips.values().stream()
                .flatMap(vip -> vip.assignments().stream())
                .anyMatch(route -> route.speakerId().equals(amphoraId));
    }
}
