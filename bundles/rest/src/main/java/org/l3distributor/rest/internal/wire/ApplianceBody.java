// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;

/** The amphora API's own answers, as far as an appliance without HAProxy can give them honestly. */
public final class ApplianceBody {
    private ApplianceBody() {}

    @Snake
    @Schema(name = "Discovery")
    public record Discovery(@Schema(example = "1.0") String apiVersion) {}

    @Snake
    @Schema(name = "Info", description = "Null for programs that this appliance doesn't run")
    public record Info(
            String hostname,
            @Schema(example = "1.0") String apiVersion,
            @Schema(description = "Of this product") String version,
            @Schema(nullable = true) @Nullable String haproxyVersion,
            @Schema(nullable = true) @Nullable String keepalivedVersion,
            @Schema(nullable = true) @Nullable String ipvsadmVersion) {}

    @Snake
    @Schema(name = "Details")
    public record Details(
            String hostname,
            String apiVersion,
            String version,
            @Schema(nullable = true) @Nullable String haproxyVersion,
            @Schema(nullable = true) @Nullable String keepalivedVersion,
            @Schema(nullable = true) @Nullable String ipvsadmVersion,
            boolean active,
            int haproxyCount,
            int lvsListenerProcessCount,
            int cpuCount,
            Cpu cpu,
            Memory memory,
            Disk disk,

            @Schema(description = "Load averages over 1, 5 and 15 minutes")
            List<String> load,

            String topology,
            String topologyStatus,
            List<String> listeners,

            @Schema(description = "The interfaces in the load balancer's namespace, by name")
            Map<String, Traffic> networks,

            Map<String, String> packages,
            @Schema(description = "Always empty") String activeTunedProfiles,
            Distributor distributor) {}

    @Snake
    @Schema(name = "NetworkTraffic", description = "In octets")
    public record Traffic(long networkTx, long networkRx) {}

    /**
     * What an appliance that holds a load balancer says of it.
     *
     * @param version HAProxy's; null where it isn't installed
     */
    public record Balancer(
            @Nullable String version, int running, List<String> listeners, Map<String, Traffic> networks) {}

    @Snake
    @Schema(name = "Cpu", description = "Jiffies since the host started")
    public record Cpu(long total, String user, String system, String softIrq) {}

    @Snake
    @Schema(
            name = "Memory",
            description =
                    "In kB. With a load balancer, free is what HAProxy may have, and buffers and cached are 0: the"
                            + " controller makes HAProxy's TLS cache of their sum")
    public record Memory(long total, long free, long buffers, long cached, long swapUsed, long shared, long slab) {}

    @Schema(name = "Disk", description = "The file system with the data directory, in bytes")
    public record Disk(long used, long available) {}

    @Snake
    @Schema(name = "DistributorState", description = "Ours: what the distributor says of itself")
    public record Distributor(
            boolean ready,
            List<StateBody.Condition> conditions,
            String profileOrigin,
            List<ProfileBody.Fault> profileFaults) {
        public static Distributor of(Optional<ReadinessService> readiness, Optional<ProfileService> profile) {
            Readiness state = readiness.map(ReadinessService::readiness).orElse(new Readiness(false, List.of()));
            return new Distributor(
                    state.ready(),
                    StateBody.Ready.of(state).conditions(),
                    profile.map(ProfileService::origin).orElse("none"),
                    profile.map(ProfileService::faults).orElse(List.of()).stream()
                            .map(ProfileBody.Fault::of)
                            .toList());
        }
    }
}
