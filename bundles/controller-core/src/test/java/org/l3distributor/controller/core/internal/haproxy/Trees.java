// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.l3distributor.distributor.controller.Algorithm;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerProtocol;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolProtocol;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.SessionPersistence;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.net.IpAddress;

/** Load balancers as users could make them, from a seed. */
final class Trees {
    private final Random random;

    Trees(long seed) {
        random = new Random(seed);
    }

    LoadBalancerTree next() {
        String id = uuid();
        List<PoolTree> pools = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            pools.add(pool(id));
        }
        List<Listener> listeners = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            listeners.add(listener(id, 8000 + i, pools));
        }
        List<Vip> more =
                random.nextBoolean() ? List.of() : List.of(new Vip(IpAddress.parse("2001:db8::7"), "p2", "n", "s6"));
        Vip vip = new Vip(IpAddress.parse("203.0.113." + (1 + random.nextInt(250))), "p", "n", "s");
        return new LoadBalancerTree(
                new LoadBalancer(header(id), vip, more, "n", "s", "octavia", "ACTIVE_ACTIVE", 3), listeners, pools);
    }

    private Listener listener(String loadBalancerId, int port, List<PoolTree> pools) {
        ListenerProtocol protocol = one(ListenerProtocol.values());
        Map<String, String> headers = new HashMap<>();
        if (protocol == ListenerProtocol.HTTP) {
            for (String name : List.of("X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto")) {
                if (random.nextBoolean()) {
                    headers.put(name, random.nextBoolean() ? "true" : "false");
                }
            }
        }
        return new Listener(
                header(uuid()),
                loadBalancerId,
                protocol,
                port,
                random.nextBoolean() ? -1 : one(0, 1, 20_000, 700_000),
                pools.isEmpty() || random.nextInt(4) == 0
                        ? null
                        : pools.get(random.nextInt(pools.size())).pool().id(),
                headers,
                one(0, 1, 50_000),
                one(0, 5_000, 2_073_600_000),
                one(0, 50_000),
                one(0, 100),
                List.of());
    }

    private PoolTree pool(String loadBalancerId) {
        SessionPersistence.Type type = one(SessionPersistence.Type.values());
        SessionPersistence persistence = random.nextBoolean()
                ? null
                : new SessionPersistence(type, type == SessionPersistence.Type.APP_COOKIE ? "JSESSIONID" : null);
        Pool pool = new Pool(
                header(uuid()), loadBalancerId, one(PoolProtocol.values()), one(Algorithm.values()), persistence);
        List<Member> members = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.add(new Member(
                    header(uuid()),
                    pool.id(),
                    IpAddress.parse(random.nextBoolean() ? "192.0.2." + i : "2001:db8:1::" + i),
                    80 + i,
                    random.nextInt(257),
                    random.nextInt(3) == 0,
                    null,
                    random.nextBoolean() ? null : IpAddress.parse("192.0.2.200"),
                    random.nextBoolean() ? null : Integer.valueOf(81)));
        }
        return new PoolTree(pool, members, random.nextInt(3) == 0 ? null : monitor(pool.id()));
    }

    private HealthMonitor monitor(String poolId) {
        HealthMonitor.Type type = one(HealthMonitor.Type.values());
        String version = one("", "1.0", "1.1");
        HttpCheck http = new HttpCheck(
                one("GET", "HEAD", "OPTIONS"),
                one("/", "/health?deep=1", "/a/b.html"),
                one("200", "200, 202", "200-204", "200-202,204"),
                version.isEmpty() ? null : version,
                version.equals("1.1") && random.nextBoolean() ? "www.example.org" : null);
        return new HealthMonitor(
                header(uuid()),
                poolId,
                type,
                2 + random.nextInt(10),
                1,
                1 + random.nextInt(10),
                1 + random.nextInt(10),
                type.speaksHttp() ? http : null);
    }

    private Header header(String id) {
        ProvisioningStatus status = random.nextInt(6) == 0
                ? one(ProvisioningStatus.PENDING_DELETE, ProvisioningStatus.PENDING_UPDATE, ProvisioningStatus.ERROR)
                : ProvisioningStatus.ACTIVE;
        return new Header(
                id,
                one("f00dfeedf00dfeedf00dfeedf00dfeed", "a project"),
                "name",
                "",
                random.nextInt(8) != 0,
                status,
                OperatingStatus.ONLINE,
                List.of(),
                Instant.EPOCH,
                null,
                0);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
