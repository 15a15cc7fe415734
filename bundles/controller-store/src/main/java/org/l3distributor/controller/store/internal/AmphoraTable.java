// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Amphora;

/** Table amphora. */
final class AmphoraTable extends PlainTable<Amphora, AmphoraRow> {
    AmphoraTable(EntityManager em) {
        super(
                em,
                AmphoraRow.class,
                AmphoraRow::new,
                Amphora::id,
                Amphora::version,
                AmphoraRow::set,
                AmphoraRow::toValue);
    }

    /** Its health, and which speakers run there; where it is registered is a contradiction. */
    @Override
    void deleteParts(String id) {
        AmphoraHealthRow health = em.find(AmphoraHealthRow.class, id);
        if (health != null) {
            em.remove(health);
        }
        Parts.of(em, SpeakerRegistrationRow.class, "other", "one", row -> row.other, List.of(id))
                .values()
                .forEach(rows -> rows.forEach(em::remove));
    }
}
