// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import static org.l3distributor.distributor.store.contract.MemoryStore.Contradiction.unless;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.store.DistributorRows;
import org.l3distributor.distributor.store.HealthRows;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.SpeakerRows;
import org.l3distributor.distributor.store.StatisticsRows;
import org.l3distributor.distributor.store.TaskRows;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.WithdrawalRows;

/** The tables of a copy, with the columns, unique and foreign keys that the database has. */
final class MemoryTransaction implements Transaction {
    private final MemoryTables tables;
    private final Clock clock;

    MemoryTransaction(MemoryTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static <T> boolean none(Collection<T> rows, Predicate<T> which) {
        return rows.stream().noneMatch(which);
    }

    /** The columns of every object of the API. */
    private static <T> MemoryRows<T> headed(MemoryRows<T> rows, Function<T, Header> header) {
        return rows.column("project_id", v -> header.apply(v).projectId())
                .column("name", v -> header.apply(v).name())
                .column("enabled", v -> header.apply(v).enabled())
                .column("provisioning_status", v -> header.apply(v).provisioning())
                .column("operating_status", v -> header.apply(v).operating())
                .column("created_at", v -> header.apply(v).createdAt())
                .column("updated_at", v -> header.apply(v).updatedAt());
    }

    @Override
    public Rows<LoadBalancer> loadBalancers() {
        return headed(
                        new MemoryRows<>(
                                "load balancer",
                                tables.loadBalancers,
                                LoadBalancer::id,
                                lb -> lb.header().version(),
                                (lb, version) -> lb.with(lb.header().withVersion(version))),
                        LoadBalancer::header)
                .column("description", lb -> lb.header().description())
                .column("topology", LoadBalancer::topology)
                .column("provider", LoadBalancer::provider)
                .column("l3d_frontend_network_id", LoadBalancer::frontendNetworkId)
                .column("l3d_frontend_subnet_id", LoadBalancer::frontendSubnetId)
                .column("l3d_amphora_count", LoadBalancer::amphoraCount)
                .column("l3d_distributor_id", LoadBalancer::distributorId)
                .further("vip_address", lb -> lb.vip().address())
                .further("vip_port_id", lb -> lb.vip().portId())
                .further("vip_subnet_id", lb -> lb.vip().subnetId())
                .further("vip_network_id", lb -> lb.vip().networkId())
                .checked(
                        lb -> unless(
                                lb.distributorId() == null || tables.distributors.containsKey(lb.distributorId()),
                                "load balancer " + lb.id() + " of a distributor that isn't there"),
                        id -> unless(
                                none(
                                                tables.listeners.values(),
                                                l -> l.loadBalancerId().equals(id))
                                        && none(
                                                tables.pools.values(),
                                                p -> p.loadBalancerId().equals(id))
                                        && none(tables.amphorae.values(), a -> id.equals(a.loadBalancerId()))
                                        && (!tables.vips.containsKey(id)
                                                || tables.vips.get(id).members().isEmpty()),
                                "load balancer " + id + " is referred to"));
    }

    @Override
    public Rows<Listener> listeners() {
        return headed(
                        new MemoryRows<>(
                                "listener",
                                tables.listeners,
                                Listener::id,
                                l -> l.header().version(),
                                (l, version) -> l.with(l.header().withVersion(version))),
                        Listener::header)
                .column("description", l -> l.header().description())
                .column("load_balancer_id", Listener::loadBalancerId)
                .column("protocol", Listener::protocol)
                .column("protocol_port", Listener::protocolPort)
                .column("connection_limit", Listener::connectionLimit)
                .column("default_pool_id", Listener::defaultPoolId)
                .column("timeout_client_data", Listener::timeoutClientData)
                .column("timeout_member_connect", Listener::timeoutMemberConnect)
                .column("timeout_member_data", Listener::timeoutMemberData)
                .column("timeout_tcp_inspect", Listener::timeoutTcpInspect)
                .checked(
                        this::check,
                        id -> tables.statistics
                                .values()
                                .removeIf(s -> s.listenerId().equals(id)));
    }

    private void check(Listener listener) {
        String pool = listener.defaultPoolId();
        unless(
                tables.loadBalancers.containsKey(listener.loadBalancerId())
                        && (pool == null || tables.pools.containsKey(pool)),
                "listener " + listener.id() + " refers to what isn't there");
        unless(
                none(
                        tables.listeners.values(),
                        l -> l.loadBalancerId().equals(listener.loadBalancerId())
                                && l.protocol() == listener.protocol()
                                && l.protocolPort() == listener.protocolPort()),
                "listener " + listener.id() + ": the port is taken");
    }

    @Override
    public Rows<Pool> pools() {
        return headed(
                        new MemoryRows<>(
                                "pool",
                                tables.pools,
                                Pool::id,
                                p -> p.header().version(),
                                (p, version) -> p.with(p.header().withVersion(version))),
                        Pool::header)
                .column("description", p -> p.header().description())
                .column("load_balancer_id", Pool::loadBalancerId)
                .column("protocol", Pool::protocol)
                .column("lb_algorithm", Pool::algorithm)
                .checked(
                        p -> unless(
                                tables.loadBalancers.containsKey(p.loadBalancerId()),
                                "pool " + p.id() + " of no load balancer"),
                        id -> unless(
                                none(tables.listeners.values(), l -> id.equals(l.defaultPoolId()))
                                        && none(
                                                tables.members.values(),
                                                m -> m.poolId().equals(id))
                                        && none(
                                                tables.monitors.values(),
                                                m -> m.poolId().equals(id)),
                                "pool " + id + " is referred to"));
    }

    @Override
    public Rows<Member> members() {
        return headed(
                        new MemoryRows<>(
                                "member",
                                tables.members,
                                Member::id,
                                m -> m.header().version(),
                                (m, version) -> m.with(m.header().withVersion(version))),
                        Member::header)
                .column("pool_id", Member::poolId)
                .column("subnet_id", Member::subnetId)
                .column("ip_address", Member::address)
                .column("protocol_port", Member::protocolPort)
                .column("weight", Member::weight)
                .column("backup", Member::backup)
                .column("monitor_address", Member::monitorAddress)
                .column("monitor_port", Member::monitorPort)
                .checked(
                        m -> {
                            unless(tables.pools.containsKey(m.poolId()), "member " + m.id() + " of no pool");
                            unless(
                                    none(
                                            tables.members.values(),
                                            other -> other.poolId().equals(m.poolId())
                                                    && other.address().equals(m.address())
                                                    && other.protocolPort() == m.protocolPort()),
                                    "member " + m.id() + ": there is such a one");
                        },
                        id -> {});
    }

    @Override
    public Rows<HealthMonitor> monitors() {
        return headed(
                        new MemoryRows<>(
                                "health monitor",
                                tables.monitors,
                                HealthMonitor::id,
                                m -> m.header().version(),
                                (m, version) -> m.with(m.header().withVersion(version))),
                        HealthMonitor::header)
                .column("pool_id", HealthMonitor::poolId)
                .column("type", m -> m.type().word())
                .column("delay", HealthMonitor::delay)
                .column("timeout", HealthMonitor::timeout)
                .column("rise_threshold", HealthMonitor::maxRetries)
                .column("fall_threshold", HealthMonitor::maxRetriesDown)
                .column("http_method", m -> http(m, HttpCheck::method))
                .column("url_path", m -> http(m, HttpCheck::urlPath))
                .column("expected_codes", m -> http(m, HttpCheck::expectedCodes))
                .column("domain_name", m -> http(m, HttpCheck::domainName))
                .checked(
                        m -> unless(
                                tables.pools.containsKey(m.poolId())
                                        && none(
                                                tables.monitors.values(),
                                                other -> other.poolId().equals(m.poolId())),
                                "health monitor " + m.id() + " of no pool, or of one that has one"),
                        id -> {});
    }

    private static Object http(HealthMonitor monitor, Function<HttpCheck, Object> value) {
        return monitor.http() == null ? null : value.apply(monitor.http());
    }

    @Override
    public Rows<Amphora> amphorae() {
        return new MemoryRows<>("amphora", tables.amphorae, Amphora::id, Amphora::version, Amphora::withVersion)
                .column("load_balancer_id", Amphora::loadBalancerId)
                .column("l3d_distributor_id", Amphora::distributorId)
                .column("service_type", Amphora::serviceType)
                .column("status", Amphora::status)
                .column("compute_id", Amphora::computeId)
                .column("lb_network_ip", Amphora::managementIp)
                .column("role", Amphora::role)
                .column("frontend_ip", a -> a.frontend().ip())
                .column("frontend_subnet_id", a -> a.frontend().subnetId())
                .column("frontend_port_id", a -> a.frontend().portId())
                .column("frontend_interface", a -> a.frontend().interfaceName())
                .column("frontend_id", a -> a.frontend().id())
                .column("frontend_priority", a -> a.frontend().priority())
                .column("l3d_second_frontend_ip", a -> a.frontend().secondIp())
                .column("ha_ip", Amphora::haIp)
                .column("ha_port_id", Amphora::haPortId)
                .column("cached_zone", Amphora::failureDomain)
                .column("image_id", Amphora::imageId)
                .column("compute_flavor", Amphora::computeFlavor)
                .column("cert_expiration", Amphora::certificateExpires)
                .column("cert_busy", Amphora::certificateBusy)
                .column("created_at", Amphora::createdAt)
                .column("updated_at", Amphora::updatedAt)
                .checked(
                        a -> unless(
                                (a.loadBalancerId() == null || tables.loadBalancers.containsKey(a.loadBalancerId()))
                                        && (a.distributorId() == null
                                                || tables.distributors.containsKey(a.distributorId())),
                                "amphora " + a.id() + " of nothing that is there"),
                        this::forget);
    }

    private void forget(String amphoraId) {
        unless(
                none(
                        tables.vips.values(),
                        vip -> vip.member(amphoraId).isPresent()
                                || vip.assignments().stream()
                                        .anyMatch(route -> route.speakerId().equals(amphoraId))),
                "amphora " + amphoraId + " is registered");
        tables.health.remove(amphoraId);
        tables.speakersOn.removeIf(pair -> pair.endsWith("/" + amphoraId));
    }

    @Override
    public HealthRows health() {
        return new MemoryHealth(tables.health, tables.amphorae);
    }

    @Override
    public DistributorRows distributors() {
        return new MemoryDistributors(tables);
    }

    @Override
    public SpeakerRows speakers() {
        return new MemorySpeakers(tables);
    }

    @Override
    public Rows<BgpPeer> peers() {
        return new MemoryRows<>("peer", tables.peers, BgpPeer::id, BgpPeer::version, BgpPeer::withVersion)
                .column("peer_ip", BgpPeer::peerIp)
                .column("remote_as", p -> p.remoteAs().value())
                .column("auth_type", BgpPeer::authType)
                .column("ttl_hops", BgpPeer::ttlHops)
                .column("hold_time", BgpPeer::holdTime)
                .column("keepalive_interval", BgpPeer::keepaliveInterval)
                .column("l3d_name", BgpPeer::name)
                .column("l3d_description", BgpPeer::description)
                .column("l3d_add_path", BgpPeer::addPath)
                .column("l3d_passive", BgpPeer::passive)
                .column("l3d_enabled", BgpPeer::enabled)
                .checked(
                        p -> {},
                        id -> unless(
                                none(tables.peersOf, pair -> pair.endsWith("/" + id)), "peer " + id + " is in use"));
    }

    @Override
    public TaskRows tasks() {
        return new MemoryTasks(tables.tasks, now());
    }

    @Override
    public WithdrawalRows withdrawals() {
        return new MemoryCounts.Withdrawals(tables.withdrawals);
    }

    @Override
    public StatisticsRows statistics() {
        return new MemoryCounts.Statistics(tables.statistics);
    }
}
