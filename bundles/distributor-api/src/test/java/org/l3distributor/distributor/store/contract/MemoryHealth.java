// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.store.HealthRows;

final class MemoryHealth implements HealthRows {
    private final SortedMap<String, AmphoraHealth> rows;
    private final Map<String, Amphora> amphorae;

    MemoryHealth(SortedMap<String, AmphoraHealth> rows, Map<String, Amphora> amphorae) {
        this.rows = rows;
        this.amphorae = amphorae;
    }

    @Override
    public Optional<AmphoraHealth> find(String amphoraId) {
        return Optional.ofNullable(rows.get(amphoraId));
    }

    @Override
    public List<AmphoraHealth> all() {
        return List.copyOf(rows.values());
    }

    @Override
    public void heard(Collection<AmphoraHealth> news) {
        for (AmphoraHealth one : news) {
            if (rows.containsKey(one.amphoraId()) || amphorae.containsKey(one.amphoraId())) {
                rows.merge(
                        one.amphoraId(),
                        one,
                        (old, next) -> next.lastUpdate().isAfter(old.lastUpdate())
                                ? new AmphoraHealth(old.amphoraId(), next.lastUpdate(), old.busy())
                                : old);
            }
        }
    }

    @Override
    public List<AmphoraHealth> claimStale(Instant since, int max) {
        List<AmphoraHealth> claimed = rows.values().stream()
                .filter(row -> !row.busy() && row.lastUpdate().isBefore(since))
                .sorted(Comparator.comparing(AmphoraHealth::lastUpdate).thenComparing(AmphoraHealth::amphoraId))
                .limit(max)
                .map(row -> new AmphoraHealth(row.amphoraId(), row.lastUpdate(), true))
                .toList();
        claimed.forEach(row -> rows.put(row.amphoraId(), row));
        return claimed;
    }

    @Override
    public Staleness staleness(Instant since) {
        return new Staleness(
                rows.size(),
                rows.values().stream()
                        .filter(row -> row.lastUpdate().isBefore(since))
                        .count());
    }

    @Override
    public boolean setBusy(String amphoraId, boolean busy) {
        AmphoraHealth row = rows.get(amphoraId);
        if (row == null || row.busy() == busy) {
            return false;
        }
        rows.put(amphoraId, new AmphoraHealth(amphoraId, row.lastUpdate(), busy));
        return true;
    }

    @Override
    public boolean delete(String amphoraId) {
        return rows.remove(amphoraId) != null;
    }

    @Override
    public int forget() {
        int size = rows.size();
        rows.keySet().removeIf(id -> !amphorae.containsKey(id));
        return size - rows.size();
    }
}
