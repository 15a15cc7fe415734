// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.CallResult;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.net.IpAddress;

/** What dedicated speakers say that they hold. */
final class DedicatedLook implements Wire.Look {
    /**
     * What one speaker holds, by VIP.
     *
     * @param fault why it can't be asked; "" when it answered
     */
    record Held(Map<IpAddress, List<RegistrationStatus>> byVip, int count, String fault) {
        static Held of(CallResult<List<RegistrationStatus>> result) {
            if (!(result instanceof CallResult.Answered<List<RegistrationStatus>> answered)) {
                return new Held(Map.of(), 0, DedicatedWire.reason(result));
            }
            Map<IpAddress, List<RegistrationStatus>> byVip = new HashMap<>();
            for (RegistrationStatus status : answered.value()) {
                byVip.computeIfAbsent(status.registration().vip(), vip -> new ArrayList<>())
                        .add(status);
            }
            return new Held(byVip, answered.value().size(), "");
        }
    }

    private final Map<String, Held> speakers;
    private final Set<IpAddress> known;

    /** @param known the VIPs of all records */
    DedicatedLook(Map<String, Held> speakers, Set<IpAddress> known) {
        this.speakers = speakers;
        this.known = known;
    }

    @Override
    public Pass of(VipRecord record) {
        Pass pass = new Pass();
        for (Assignment assignment : record.assignments()) {
            Held held = speakers.get(assignment.speakerId());
            if (held == null) {
                missed(pass, assignment, "the speaker is gone");
            } else if (!held.fault.isEmpty()) {
                missed(pass, assignment, held.fault);
            } else {
                RegistrationStatus there = there(held, assignment);
                if (there == null) {
                    missed(pass, assignment, "");
                } else if (!assignment.leaving()) {
                    pass.found(assignment, there.peers());
                }
            }
        }
        return pass;
    }

    private static void missed(Pass pass, Assignment assignment, String fault) {
        if (!fault.isEmpty()) {
            pass.failed(assignment, fault);
        } else if (assignment.leaving()) {
            pass.withdrawn(assignment);
        } else {
            pass.unserved(assignment, "the speaker doesn't hold it");
        }
    }

    private static @Nullable RegistrationStatus there(Held held, Assignment assignment) {
        Registration wanted = assignment.registration();
        return held.byVip.getOrDefault(assignment.vip(), List.of()).stream()
                .filter(status -> status.registration().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean missing(VipRecord record) {
        return record.assignments().stream().filter(a -> !a.leaving()).anyMatch(a -> {
            Held held = speakers.get(a.speakerId());
            return held != null && held.fault.isEmpty() && there(held, a) == null;
        });
    }

    @Override
    public Map<String, List<Registration>> strays(VipRecord record) {
        Set<String> wanted = new HashSet<>();
        record.assignments().forEach(a -> wanted.add(a.speakerId() + " " + a.registration()));
        Map<String, List<Registration>> strays = new TreeMap<>();
        speakers.forEach((id, held) -> {
            for (IpAddress vip : record.vips()) {
                for (RegistrationStatus status : held.byVip.getOrDefault(vip, List.of())) {
                    if (!wanted.contains(id + " " + status.registration())) {
                        strays.computeIfAbsent(id, key -> new ArrayList<>()).add(status.registration());
                    }
                }
            }
        });
        return strays;
    }

    @Override
    public Map<String, List<Registration>> foreign() {
        Map<String, List<Registration>> foreign = new TreeMap<>();
        speakers.forEach((id, held) -> held.byVip.forEach((vip, rows) -> {
            if (!known.contains(vip)) {
                List<Registration> all = foreign.computeIfAbsent(id, key -> new ArrayList<>());
                rows.forEach(status -> all.add(status.registration()));
            }
        }));
        return foreign;
    }

    @Override
    public Map<String, Wire.Seen> speakers() {
        Map<String, Wire.Seen> seen = new TreeMap<>();
        speakers.forEach((id, held) -> seen.put(id, new Wire.Seen(held.count, held.fault)));
        return seen;
    }
}
