// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipStatus;

class NamespaceMetricsTest {
    private static NamespaceSnapshot snapshot(NamespaceState state, VipStatus... vips) {
        return new NamespaceSnapshot(
                "amphora-haproxy", state, Instant.EPOCH, ActualNamespace.empty(), List.of(vips), List.of(), 3, null);
    }

    private static List<String> lines(NamespaceSnapshot... snapshots) {
        return NamespaceMetrics.of(List.of(snapshots)).stream()
                .flatMap(metric ->
                        metric.samples().stream().map(s -> metric.name() + " " + s.labels() + " " + (long) s.value()))
                .toList();
    }

    private static IpAddress vip(int last) {
        return IpAddress.parse("203.0.113." + last);
    }

    @Test
    void everyVip_isShownWithWhyItIsOrIsNotOnLo() {
        NetnsException refusal = new NetnsException("add 203.0.113.2/32 to lo", "amphora-haproxy", "EPERM", null);
        assertThat(lines(snapshot(
                        NamespaceState.READY,
                        new VipStatus(vip(1), true, true, null),
                        new VipStatus(vip(2), true, false, refusal),
                        new VipStatus(vip(3), false, true, null),
                        new VipStatus(vip(4), true, false, null))))
                .containsExactly(
                        "namespace_ready {namespace=amphora-haproxy} 1",
                        "namespace_drift_repaired_total {namespace=amphora-haproxy} 3",
                        "vip_on_lo {namespace=amphora-haproxy, vip=203.0.113.1, reason=plugged} 1",
                        "vip_on_lo {namespace=amphora-haproxy, vip=203.0.113.2, reason=" + refusal.getMessage() + "} 0",
                        "vip_on_lo {namespace=amphora-haproxy, vip=203.0.113.3, reason=being removed} 1",
                        "vip_on_lo {namespace=amphora-haproxy, vip=203.0.113.4, reason=not seen on lo yet} 0");
    }

    @Test
    void namespaceThatIsNotReady_isZero() {
        assertThat(lines(snapshot(NamespaceState.FAILED))).contains("namespace_ready {namespace=amphora-haproxy} 0");
    }
}
