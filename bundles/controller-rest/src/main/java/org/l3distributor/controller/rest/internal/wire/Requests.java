// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent, for the OpenAPI document: what it holds is read by the rules of distributor-api. */
public final class Requests {
    private static final String AMPHORAE = "How many amphorae are to serve it; default: the controller's";

    private Requests() {}

    @Schema(name = "LoadBalancerCreate")
    public record LoadBalancerCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewLoadBalancer loadbalancer) {}

    @Snake
    @Schema(name = "NewLoadBalancer", description = "vip_network_id or vip_subnet_id must be there")
    public record NewLoadBalancer(
            @Schema(maxLength = 255) @Nullable String name,
            @Schema(maxLength = 255) @Nullable String description,
            @Schema(defaultValue = "true") @Nullable Boolean adminStateUp,

            @Schema(description = "Default: the caller's", maxLength = 36) @Nullable
            String projectId,

            @Nullable String vipNetworkId,
            @Nullable String vipSubnetId,

            @Schema(description = "Default: any that is free") @Nullable
            String vipAddress,

            @Nullable List<LoadBalancerBody.AdditionalVipBody> additionalVips,

            @Schema(description = "Default: the VIP's") @Nullable
            String frontendNetworkId,

            @Schema(description = "Default: the VIP's") @Nullable
            String frontendSubnetId,

            @Schema(description = AMPHORAE, minimum = "1", maximum = "64") @Nullable
            Integer amphoraCount,

            @Schema(allowableValues = {"octavia", "amphora"}) @Nullable
            String provider,

            @Schema(description = "Who leads traffic to it: one of the flavors. Default: the deployment's") @Nullable
            String flavorId,

            @Nullable List<String> tags) {}

    @Schema(name = "LoadBalancerUpdate")
    public record LoadBalancerUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedLoadBalancer loadbalancer) {}

    @Snake
    @Schema(name = "ChangedLoadBalancer", description = "What isn't there stays; null brings the default back")
    public record ChangedLoadBalancer(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean adminStateUp,

            @Schema(description = AMPHORAE + "; not beside admin_state_up", minimum = "1", maximum = "64") @Nullable
            Integer amphoraCount,

            @Nullable List<String> tags) {}

    @Schema(name = "ListenerCreate")
    public record ListenerCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewListener listener) {}

    @Snake
    @Schema(name = "NewListener")
    public record NewListener(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean adminStateUp,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String loadbalancerId,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"TCP", "HTTP", "HTTPS"})
            String protocol,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", maximum = "65535")
            int protocolPort,

            @Schema(defaultValue = "-1") @Nullable Integer connectionLimit,
            @Nullable String defaultPoolId,

            @Schema(description = "X-Forwarded-For, X-Forwarded-Port, X-Forwarded-Proto: \"true\" or \"false\"")
            @Nullable
            Map<String, String> insertHeaders,

            @Schema(defaultValue = "50000") @Nullable Integer timeoutClientData,
            @Schema(defaultValue = "5000") @Nullable Integer timeoutMemberConnect,
            @Schema(defaultValue = "50000") @Nullable Integer timeoutMemberData,
            @Schema(defaultValue = "0") @Nullable Integer timeoutTcpInspect,
            @Nullable List<String> allowedCidrs,
            @Nullable List<String> tags) {}

    @Schema(name = "ListenerUpdate")
    public record ListenerUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedListener listener) {}

    @Snake
    @Schema(name = "ChangedListener", description = "What isn't there stays; null brings the default back")
    public record ChangedListener(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean adminStateUp,
            @Nullable Integer connectionLimit,
            @Nullable String defaultPoolId,
            @Nullable Map<String, String> insertHeaders,
            @Nullable Integer timeoutClientData,
            @Nullable Integer timeoutMemberConnect,
            @Nullable Integer timeoutMemberData,
            @Nullable Integer timeoutTcpInspect,
            @Nullable List<String> allowedCidrs,
            @Nullable List<String> tags) {}

    @Schema(name = "PoolCreate")
    public record PoolCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewPool pool) {}

    @Snake
    @Schema(name = "NewPool", description = "loadbalancer_id or listener_id must be there")
    public record NewPool(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean adminStateUp,
            @Nullable String loadbalancerId,

            @Schema(description = "Whose default pool it becomes") @Nullable
            String listenerId,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"TCP", "HTTP", "HTTPS", "PROXY", "PROXYV2"})
            String protocol,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
            String lbAlgorithm,

            PoolBody.@Nullable PersistenceBody sessionPersistence,
            @Nullable List<String> tags) {}

    @Schema(name = "PoolUpdate")
    public record PoolUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedPool pool) {}

    @Snake
    @Schema(name = "ChangedPool", description = "What isn't there stays; null brings the default back")
    public record ChangedPool(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean adminStateUp,
            @Nullable String lbAlgorithm,
            PoolBody.@Nullable PersistenceBody sessionPersistence,
            @Nullable List<String> tags) {}

    @Schema(name = "MemberCreate")
    public record MemberCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewMember member) {}

    @Schema(name = "MembersReplace")
    public record MembersReplace(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            List<NewMember> members) {}

    @Snake
    @Schema(name = "NewMember")
    public record NewMember(
            @Nullable String name,
            @Nullable Boolean adminStateUp,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String address,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", maximum = "65535")
            int protocolPort,

            @Schema(defaultValue = "1", minimum = "0", maximum = "256") @Nullable
            Integer weight,

            @Schema(defaultValue = "false") @Nullable Boolean backup,
            @Nullable String subnetId,
            @Nullable String monitorAddress,
            @Nullable Integer monitorPort,
            @Nullable List<String> tags) {}

    @Schema(name = "MemberUpdate")
    public record MemberUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedMember member) {}

    @Snake
    @Schema(name = "ChangedMember", description = "What isn't there stays; null brings the default back")
    public record ChangedMember(
            @Nullable String name,
            @Nullable Boolean adminStateUp,
            @Nullable Integer weight,
            @Nullable Boolean backup,
            @Nullable String monitorAddress,
            @Nullable Integer monitorPort,
            @Nullable List<String> tags) {}

    @Schema(name = "HealthMonitorCreate")
    public record HealthMonitorCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewHealthMonitor healthmonitor) {}

    @Snake
    @Schema(name = "NewHealthMonitor")
    public record NewHealthMonitor(
            @Nullable String name,
            @Nullable Boolean adminStateUp,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String poolId,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"HTTP", "HTTPS", "PING", "TCP", "TLS-HELLO"})
            String type,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            int delay,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            int timeout,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", maximum = "10")
            int maxRetries,

            @Schema(defaultValue = "3", minimum = "1", maximum = "10") @Nullable
            Integer maxRetriesDown,

            @Nullable String httpMethod,
            @Nullable String urlPath,
            @Nullable String expectedCodes,

            @Schema(allowableValues = {"1.0", "1.1"}) @Nullable
            String httpVersion,

            @Nullable String domainName,
            @Nullable List<String> tags) {}

    @Schema(name = "HealthMonitorUpdate")
    public record HealthMonitorUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedHealthMonitor healthmonitor) {}

    @Snake
    @Schema(name = "ChangedHealthMonitor", description = "What isn't there stays")
    public record ChangedHealthMonitor(
            @Nullable String name,
            @Nullable Boolean adminStateUp,
            @Nullable Integer delay,
            @Nullable Integer timeout,
            @Nullable Integer maxRetries,
            @Nullable Integer maxRetriesDown,
            @Nullable String httpMethod,
            @Nullable String urlPath,
            @Nullable String expectedCodes,
            @Nullable String httpVersion,
            @Nullable String domainName,
            @Nullable List<String> tags) {}

    @Schema(name = "NetworkCreate")
    public record NetworkCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewNetwork network) {}

    @Snake
    @Schema(name = "NewNetwork")
    public record NewNetwork(
            @Schema(description = "Default: a new one") @Nullable
            String id,

            @Nullable String name,
            @Schema(defaultValue = "1500") @Nullable Integer mtu,
            @JsonProperty("router:external") @Nullable Boolean external) {}

    @Schema(name = "SubnetCreate")
    public record SubnetCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewSubnet subnet) {}

    @Snake
    @Schema(name = "NewSubnet")
    public record NewSubnet(
            @Schema(description = "Default: a new one") @Nullable
            String id,

            @Nullable String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String networkId,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String cidr,

            @Nullable String gatewayIp,
            @Nullable List<NetworkBodies.RouteBody> hostRoutes) {}

    @Schema(name = "Fault", description = "Every error answer")
    public record Fault(
            @Schema(allowableValues = {"Client", "Server"}) String faultcode,

            @Schema(description = "What is wrong, as a sentence of Octavia's; several are joined by \"; \"")
            String faultstring,

            @Nullable String debuginfo) {}
}
