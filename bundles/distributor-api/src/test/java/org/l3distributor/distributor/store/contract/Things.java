// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Algorithm;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerProtocol;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolProtocol;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.SessionPersistence;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** Values for tests, with something in every field. */
public final class Things {
    /** An hour that a local time of Europe hasn't. */
    public static final Instant AT = Instant.parse("2026-03-29T02:30:15.123456Z");

    private Things() {}

    public static Header header(String id, String name, String description) {
        return new Header(
                id,
                "project",
                name,
                description,
                true,
                ProvisioningStatus.PENDING_CREATE,
                OperatingStatus.OFFLINE,
                List.of("blue", "prod"),
                AT,
                AT.plusSeconds(1),
                0);
    }

    public static LoadBalancer loadBalancer(String id, String name, @Nullable String address) {
        return new LoadBalancer(
                header(id, name, "the shop"),
                new Vip(address == null ? null : IpAddress.parse(address), "port", "net", "subnet"),
                List.of(
                        new Vip(IpAddress.parse("2001:db8::11"), null, "net", "z-subnet"),
                        new Vip(IpAddress.parse("2001:db8::12"), "p2", "net", "a-subnet")),
                "front-net",
                "front-subnet",
                "octavia",
                "ACTIVE_ACTIVE",
                3);
    }

    public static Pool pool(String id, String loadBalancerId) {
        return new Pool(
                header(id, "pool", "d"),
                loadBalancerId,
                PoolProtocol.HTTP,
                Algorithm.ROUND_ROBIN,
                new SessionPersistence(SessionPersistence.Type.APP_COOKIE, "SID"));
    }

    public static Listener listener(String id, String loadBalancerId, int port, @Nullable String poolId) {
        return new Listener(
                header(id, "listener", "d"),
                loadBalancerId,
                ListenerProtocol.HTTP,
                port,
                1000,
                poolId,
                Map.of("X-Forwarded-For", "true", "X-Forwarded-Port", "false"),
                1,
                2,
                3,
                4,
                List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("2001:db8::/32")));
    }

    public static Member member(String id, String poolId, String address) {
        return new Member(
                header(id, "member", ""),
                poolId,
                IpAddress.parse(address),
                8080,
                5,
                true,
                "subnet",
                IpAddress.parse("10.9.9.9"),
                81);
    }

    public static HealthMonitor monitor(String id, String poolId) {
        return new HealthMonitor(
                header(id, "", ""),
                poolId,
                HealthMonitor.Type.HTTP,
                5,
                3,
                2,
                4,
                new HttpCheck("GET", "/", "200-204", "1.1", "example.org"));
    }

    public static Amphora amphora(String id, @Nullable String loadBalancerId, String managementIp, String frontendIp) {
        return new Amphora(
                id,
                loadBalancerId,
                null,
                "combined",
                ProvisioningStatus.ALLOCATED,
                "compute-" + id,
                IpAddress.parse(managementIp),
                "STANDALONE",
                new Amphora.Frontend(
                        IpAddress.parse(frontendIp), IpAddress.parse("2001:db8::99"), "fs", "fp", "eth1", 1, 90),
                IpAddress.parse("203.0.113.10"),
                "ha-port",
                "rack-1",
                "image",
                "flavor",
                AT,
                true,
                AT,
                AT,
                0);
    }
}
