// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * An amphora: a host that serves a load balancer, announces for others, or both.
 *
 * @param loadBalancerId null for one that only announces
 * @param distributorId whose dedicated speaker it is, null for all others
 * @param serviceType "lb", "distributor" or "combined"; null = as Octavia left it, a load balancer
 * @param computeId the compute driver's name for it, null before it is built
 * @param managementIp where its API is asked
 * @param role Octavia's MASTER, BACKUP or STANDALONE
 * @param frontend where it takes traffic
 * @param failureDomain what fails as a whole with it; column cached_zone
 */
public record Amphora(
        String id,
        @Nullable String loadBalancerId,
        @Nullable String distributorId,
        @Nullable String serviceType,
        ProvisioningStatus status,
        @Nullable String computeId,
        @Nullable IpAddress managementIp,
        @Nullable String role,
        Frontend frontend,
        @Nullable IpAddress haIp,
        @Nullable String haPortId,
        @Nullable String failureDomain,
        @Nullable String imageId,
        @Nullable String computeFlavor,
        @Nullable Instant certificateExpires,
        boolean certificateBusy,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        long version) {
    public Amphora {
        Texts.id("amphora id", id);
    }

    /**
     * The front-end interface; Octavia's vrrp_*.
     *
     * @param secondIp an address of the other family, for additional VIPs of that family
     * @param id Octavia's virtual router id
     */
    public record Frontend(
            @Nullable IpAddress ip,
            @Nullable IpAddress secondIp,
            @Nullable String subnetId,
            @Nullable String portId,
            @Nullable String interfaceName,
            @Nullable Integer id,
            @Nullable Integer priority) {
        public static final Frontend NONE = new Frontend(null, null, null, null, null, null, null);
    }

    /** A row with an id, before anything was made: everything that is made later is found by this id. */
    public static Amphora planned(String id, @Nullable String loadBalancerId, String serviceType, Instant at) {
        return new Amphora(
                id,
                loadBalancerId,
                null,
                serviceType,
                ProvisioningStatus.PENDING_CREATE,
                null,
                null,
                null,
                Frontend.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                at,
                null,
                0);
    }

    public Amphora with(ProvisioningStatus next) {
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                next,
                computeId,
                managementIp,
                role,
                frontend,
                haIp,
                haPortId,
                failureDomain,
                imageId,
                computeFlavor,
                certificateExpires,
                certificateBusy,
                createdAt,
                updatedAt,
                version);
    }

    public Amphora with(Frontend next) {
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                status,
                computeId,
                managementIp,
                role,
                next,
                haIp,
                haPortId,
                failureDomain,
                imageId,
                computeFlavor,
                certificateExpires,
                certificateBusy,
                createdAt,
                updatedAt,
                version);
    }

    /** As the compute driver made it. */
    public Amphora built(String newComputeId, @Nullable IpAddress newManagementIp, String newFailureDomain) {
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                status,
                newComputeId,
                newManagementIp,
                role,
                frontend,
                haIp,
                haPortId,
                newFailureDomain,
                imageId,
                computeFlavor,
                certificateExpires,
                certificateBusy,
                createdAt,
                updatedAt,
                version);
    }

    /** As a dedicated speaker of a distributor; null: of none. */
    public Amphora speakingFor(@Nullable String newDistributorId) {
        return new Amphora(
                id,
                loadBalancerId,
                newDistributorId,
                serviceType,
                status,
                computeId,
                managementIp,
                role,
                frontend,
                haIp,
                haPortId,
                failureDomain,
                imageId,
                computeFlavor,
                certificateExpires,
                certificateBusy,
                createdAt,
                updatedAt,
                version);
    }

    /** With the time at which its server certificate ends; null: nobody knows. */
    public Amphora certified(@Nullable Instant expires) {
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                status,
                computeId,
                managementIp,
                role,
                frontend,
                haIp,
                haPortId,
                failureDomain,
                imageId,
                computeFlavor,
                expires,
                certificateBusy,
                createdAt,
                updatedAt,
                version);
    }

    public Amphora withVersion(long next) {
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                status,
                computeId,
                managementIp,
                role,
                frontend,
                haIp,
                haPortId,
                failureDomain,
                imageId,
                computeFlavor,
                certificateExpires,
                certificateBusy,
                createdAt,
                updatedAt,
                next);
    }
}
