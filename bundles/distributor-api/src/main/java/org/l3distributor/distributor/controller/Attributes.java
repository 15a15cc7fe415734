// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lists of something may be filtered and sorted by: the API's name of each attribute, and its value. */
public final class Attributes<T> {
    public static final Attributes<LoadBalancerView> LOAD_BALANCERS = new Attributes<LoadBalancerView>(
                    v -> v.loadBalancer().header())
            .and("provider", v -> v.loadBalancer().provider())
            .and("topology", v -> v.loadBalancer().topology())
            .and("vip_address", v -> v.loadBalancer().vip().address())
            .and("vip_port_id", v -> v.loadBalancer().vip().portId())
            .and("vip_subnet_id", v -> v.loadBalancer().vip().subnetId())
            .and("vip_network_id", v -> v.loadBalancer().vip().networkId())
            .and("frontend_network_id", v -> v.loadBalancer().frontendNetworkId())
            .and("frontend_subnet_id", v -> v.loadBalancer().frontendSubnetId())
            .and("amphora_count", v -> v.loadBalancer().amphoraCount())
            .and("flavor_id", v -> v.loadBalancer().distributorId())
            .and("availability_zone", v -> null)
            .and("vip_qos_policy_id", v -> null);

    public static final Attributes<Listener> LISTENERS = new Attributes<>(Listener::header)
            .and("loadbalancer_id", Listener::loadBalancerId)
            .and("protocol", Listener::protocol)
            .and("protocol_port", Listener::protocolPort)
            .and("connection_limit", Listener::connectionLimit)
            .and("default_pool_id", Listener::defaultPoolId)
            .and("timeout_client_data", Listener::timeoutClientData)
            .and("timeout_member_connect", Listener::timeoutMemberConnect)
            .and("timeout_member_data", Listener::timeoutMemberData)
            .and("timeout_tcp_inspect", Listener::timeoutTcpInspect);

    public static final Attributes<PoolView> POOLS = new Attributes<PoolView>(
                    v -> v.pool().header())
            .and("loadbalancer_id", v -> v.pool().loadBalancerId())
            .and("protocol", v -> v.pool().protocol())
            .and("lb_algorithm", v -> v.pool().algorithm())
            .and("healthmonitor_id", PoolView::healthMonitorId);

    public static final Attributes<Member> MEMBERS = new Attributes<>(Member::header)
            .and("address", Member::address)
            .and("protocol_port", Member::protocolPort)
            .and("weight", Member::weight)
            .and("backup", Member::backup)
            .and("subnet_id", Member::subnetId)
            .and("monitor_address", Member::monitorAddress)
            .and("monitor_port", Member::monitorPort);

    public static final Attributes<HealthMonitor> HEALTH_MONITORS = new Attributes<>(HealthMonitor::header)
            .and("pool_id", HealthMonitor::poolId)
            .and("type", m -> m.type().word())
            .and("delay", HealthMonitor::delay)
            .and("timeout", HealthMonitor::timeout)
            .and("max_retries", HealthMonitor::maxRetries)
            .and("max_retries_down", HealthMonitor::maxRetriesDown)
            .and("http_method", m -> of(m, HttpCheck::method))
            .and("url_path", m -> of(m, HttpCheck::urlPath))
            .and("expected_codes", m -> of(m, HttpCheck::expectedCodes))
            .and("http_version", m -> of(m, HttpCheck::version))
            .and("domain_name", m -> of(m, HttpCheck::domainName));

    public static final Attributes<AmphoraView> AMPHORAE = of(AmphoraView::id)
            .and("loadbalancer_id", v -> v.amphora().loadBalancerId())
            .and("distributor_id", v -> v.amphora().distributorId())
            .and("service_type", v -> v.amphora().serviceType())
            .and("status", v -> v.amphora().status())
            .and("role", v -> v.amphora().role())
            .and("compute_id", v -> v.amphora().computeId())
            .and("lb_network_ip", v -> v.amphora().managementIp())
            .and("vrrp_ip", v -> v.amphora().frontend().ip())
            .and("frontend_ip", v -> v.amphora().frontend().ip())
            .and("frontend_subnet_id", v -> v.amphora().frontend().subnetId())
            .and("ha_ip", v -> v.amphora().haIp())
            .and("cached_zone", v -> v.amphora().failureDomain())
            .and("created_at", v -> v.amphora().createdAt())
            .and("updated_at", v -> v.amphora().updatedAt());

    public static final Attributes<DistributorView> DISTRIBUTORS = of(DistributorView::id)
            .and("name", v -> v.distributor().name())
            .and("distributor_type", v -> v.distributor().type())
            .and("status", v -> v.distributor().status())
            .and("redundancy", v -> v.distributor().redundancy());

    public static final Attributes<BgpSpeakerView> SPEAKERS = of(BgpSpeakerView::id)
            .and("name", v -> v.speaker().name())
            .and("ip_version", v -> v.speaker().transport().ipVersion())
            .and("local_as", v -> v.speaker().localAs());

    public static final Attributes<BgpPeer> PEERS = of(BgpPeer::id)
            .and("name", BgpPeer::name)
            .and("peer_ip", BgpPeer::peerIp)
            .and("remote_as", BgpPeer::remoteAs)
            .and("auth_type", BgpPeer::authType)
            .and("enabled", BgpPeer::enabled);

    private final Map<String, Function<T, @Nullable Comparable<?>>> readers = new LinkedHashMap<>();
    private final Function<T, String> id;
    private final Function<T, List<String>> tags;

    private Attributes(Function<T, Header> header) {
        this(t -> header.apply(t).id(), t -> header.apply(t).tags());
        and("id", id::apply);
        and("project_id", t -> header.apply(t).projectId());
        and("tenant_id", t -> header.apply(t).projectId());
        and("name", t -> header.apply(t).name());
        and("description", t -> header.apply(t).description());
        and("admin_state_up", t -> header.apply(t).enabled());
        and("provisioning_status", t -> header.apply(t).provisioning());
        and("operating_status", t -> header.apply(t).operating());
        and("created_at", t -> header.apply(t).createdAt());
        and("updated_at", t -> header.apply(t).updatedAt());
    }

    private Attributes(Function<T, String> id, Function<T, List<String>> tags) {
        this.id = id;
        this.tags = tags;
    }

    /** Those of something that has no header. */
    static <T> Attributes<T> of(Function<T, String> id) {
        return new Attributes<T>(id, t -> List.of()).and("id", id::apply);
    }

    Attributes<T> and(String name, Function<T, @Nullable Comparable<?>> reader) {
        readers.put(name, reader);
        return this;
    }

    private static @Nullable String of(HealthMonitor monitor, Function<HttpCheck, @Nullable String> what) {
        return Optional.ofNullable(monitor.http()).map(what).orElse(null);
    }

    public Set<String> names() {
        return Set.copyOf(readers.keySet());
    }

    @Nullable
    Comparable<?> value(T row, String name) {
        Function<T, @Nullable Comparable<?>> reader = readers.get(name);
        return reader == null ? null : reader.apply(row);
    }

    String id(T row) {
        return id.apply(row);
    }

    List<String> tags(T row) {
        return tags.apply(row);
    }
}
