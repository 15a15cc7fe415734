// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.time.Duration;
import java.util.function.Function;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Opener;

/** Shows the store once it is open; until then one that says why it isn't. */
final class StorePublisher implements Opener.Publisher<ApplianceStore> {
    private final Function<ApplianceStore, Opener.Publication> publish;

    StorePublisher(Function<ApplianceStore, Opener.Publication> publish) {
        this.publish = publish;
    }

    @Override
    public Opener.Publication open(ApplianceStore store) {
        return publish.apply(store);
    }

    @Override
    public Opener.Publication notOpen(Throwable reason, Duration retry) {
        StoreException fault =
                reason instanceof StoreException told ? told : new StoreException("open: " + reason, reason);
        StoreLog.notOpen(fault, retry);
        return publish.apply(new UnopenedStore(fault));
    }
}
