// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.ProvisioningStatus;
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

    private Stream<AmphoraHealth> before(Instant since) {
        return rows.values().stream()
                .filter(row -> row.lastUpdate().isBefore(since))
                .sorted(Comparator.comparing(AmphoraHealth::lastUpdate).thenComparing(AmphoraHealth::amphoraId));
    }

    @Override
    public List<AmphoraHealth> silent(Instant since) {
        return before(since)
                .filter(row -> {
                    Amphora amphora = amphorae.get(row.amphoraId());
                    return amphora != null
                            && (amphora.status() == ProvisioningStatus.ALLOCATED
                                    || amphora.status() == ProvisioningStatus.ERROR);
                })
                .toList();
    }

    @Override
    public long count() {
        return rows.size();
    }

    @Override
    public List<AmphoraHealth> claim(Collection<String> amphoraIds, Instant since) {
        List<AmphoraHealth> claimed = before(since)
                .filter(row -> !row.busy() && amphoraIds.contains(row.amphoraId()))
                .map(row -> new AmphoraHealth(row.amphoraId(), row.lastUpdate(), true))
                .toList();
        claimed.forEach(row -> rows.put(row.amphoraId(), row));
        return claimed;
    }

    @Override
    public List<String> giveUp(Instant since) {
        List<String> given = silent(since).stream()
                .filter(row -> !row.busy())
                .map(AmphoraHealth::amphoraId)
                .sorted()
                .toList();
        given.forEach(id -> rows.put(id, new AmphoraHealth(id, AmphoraHealth.GIVEN_UP, false)));
        return given;
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
