// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;

/** Stands in for the store while it can't be opened, so that whoever asks hears why not. */
final class UnopenedStore implements ApplianceStore {
    private final StoreException reason;

    UnopenedStore(StoreException reason) {
        this.reason = reason;
    }

    private StoreException refusal() {
        return new StoreException(String.valueOf(reason.getMessage()), reason);
    }

    @Override
    public List<Registration> registrations() throws StoreException {
        throw refusal();
    }

    @Override
    public void apply(List<Registration> added, List<Registration> removed) throws StoreException {
        throw refusal();
    }

    @Override
    public Map<String, String> overrides() throws StoreException {
        throw refusal();
    }

    @Override
    public void putOverride(String name, String text) throws StoreException {
        throw refusal();
    }

    @Override
    public void removeOverride(String name) throws StoreException {
        throw refusal();
    }
}
