// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.LoadBalancer;

/** Tables load_balancer, vip, additional_vip. */
final class LoadBalancerTable extends Table<LoadBalancer, LoadBalancerRow> {
    private static final Map<String, String> OF_THE_VIP = Map.of(
            "vip_address", condition("ipAddress", "vip_address"),
            "vip_port_id", condition("portId", "vip_port_id"),
            "vip_subnet_id", condition("subnetId", "vip_subnet_id"),
            "vip_network_id", condition("networkId", "vip_network_id"));

    private final Tags tags;

    LoadBalancerTable(EntityManager em) {
        super(em, LoadBalancerRow.class, LoadBalancerRow::new);
        tags = new Tags(em);
    }

    private static String condition(String attribute, String parameter) {
        return "e.id in (select v.loadBalancerId from VipRow v where v." + attribute + " = :" + parameter + ")";
    }

    @Override
    Map<String, String> further() {
        return OF_THE_VIP;
    }

    @Override
    String id(LoadBalancer value) {
        return value.id();
    }

    @Override
    long version(LoadBalancer value) {
        return value.header().version();
    }

    @Override
    void write(LoadBalancerRow row, LoadBalancer value) {
        row.set(value);
    }

    @Override
    List<LoadBalancer> values(List<LoadBalancerRow> rows) {
        List<String> ids = rows.stream().map(row -> row.id).toList();
        Map<String, List<String>> tagged = tags.of(rows);
        Map<String, List<VipRow>> vips =
                Parts.of(em, VipRow.class, "loadBalancerId", "loadBalancerId", vip -> vip.loadBalancerId, ids);
        Map<String, List<AdditionalVipRow>> more =
                Parts.of(em, AdditionalVipRow.class, "loadBalancerId", "place", vip -> vip.loadBalancerId, ids);
        return rows.stream()
                .map(row -> row.toValue(
                        tagged.getOrDefault(row.id, List.of()),
                        vips.getOrDefault(row.id, List.of(new VipRow())).get(0),
                        more.getOrDefault(row.id, List.of()).stream()
                                .map(AdditionalVipRow::toValue)
                                .toList()))
                .toList();
    }

    @Override
    void writeParts(LoadBalancer value) {
        tags.write(value.id(), value.header().tags());
        VipRow vip = em.find(VipRow.class, value.id());
        if (vip == null) {
            vip = new VipRow();
            vip.loadBalancerId = value.id();
            vip.set(value.vip());
            em.persist(vip);
        } else {
            vip.set(value.vip());
        }
        Map<AdditionalVipRow.Key, AdditionalVipRow> present = new HashMap<>();
        additional(value.id()).forEach(row -> present.put(key(row), row));
        Map<AdditionalVipRow.Key, AdditionalVipRow> wanted = new HashMap<>();
        for (int place = 0; place < value.additionalVips().size(); place++) {
            AdditionalVipRow row =
                    AdditionalVipRow.of(value.id(), value.additionalVips().get(place), place);
            wanted.put(key(row), row);
            AdditionalVipRow there = present.get(key(row));
            if (there != null) {
                there.ipAddress = row.ipAddress;
                there.portId = row.portId;
                there.networkId = row.networkId;
                there.place = row.place;
            }
        }
        Parts.replace(em, present, wanted);
    }

    private static AdditionalVipRow.Key key(AdditionalVipRow row) {
        AdditionalVipRow.Key key = new AdditionalVipRow.Key();
        key.loadBalancerId = row.loadBalancerId;
        key.subnetId = row.subnetId;
        return key;
    }

    private List<AdditionalVipRow> additional(String id) {
        return Parts.of(em, AdditionalVipRow.class, "loadBalancerId", "place", vip -> vip.loadBalancerId, List.of(id))
                .getOrDefault(id, List.of());
    }

    @Override
    void deleteParts(String id) {
        tags.write(id, List.of());
        additional(id).forEach(em::remove);
        VipRow vip = em.find(VipRow.class, id);
        if (vip != null) {
            em.remove(vip);
        }
    }
}
