// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.model.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** Durable state of an appliance. When a method returns, what it did survives kill -9 and power loss. */
@ProviderType
public interface ApplianceStore {
    /** All registrations. */
    List<Registration> registrations() throws StoreException;

    /** Adds and removes in one transaction: all or nothing. Adding what is there and removing what isn't is no error. */
    void apply(List<Registration> added, List<Registration> removed) throws StoreException;

    /** All run-time overrides: name to text. */
    Map<String, String> overrides() throws StoreException;

    /** Sets one override durably. */
    void putOverride(String name, String text) throws StoreException;

    /** Removes one override durably; absent is no error. */
    void removeOverride(String name) throws StoreException;
}
