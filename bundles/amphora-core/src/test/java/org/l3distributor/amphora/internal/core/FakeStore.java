// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;

/** A store in memory that fails when told to. */
final class FakeStore implements ApplianceStore {
    final Set<Registration> rows = new LinkedHashSet<>();
    final Map<String, String> overrides = new TreeMap<>();
    int transactions;

    @Nullable
    String fault;

    private void mayFail() throws StoreException {
        if (fault != null) {
            throw new StoreException(fault, new IllegalStateException(fault));
        }
    }

    @Override
    public List<Registration> registrations() throws StoreException {
        mayFail();
        return List.copyOf(rows);
    }

    @Override
    public void apply(List<Registration> added, List<Registration> removed) throws StoreException {
        mayFail();
        transactions++;
        rows.addAll(added);
        removed.forEach(rows::remove);
    }

    @Override
    public Map<String, String> overrides() throws StoreException {
        mayFail();
        return Map.copyOf(overrides);
    }

    @Override
    public void putOverride(String name, String text) throws StoreException {
        mayFail();
        overrides.put(name, text);
    }

    @Override
    public void removeOverride(String name) throws StoreException {
        mayFail();
        overrides.remove(name);
    }
}
