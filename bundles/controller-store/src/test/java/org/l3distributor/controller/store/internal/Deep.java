// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.l3distributor.relational.Dialect;

/** What takes long is done on PostgreSQL alone, unless the profile "deep" is on. */
final class Deep {
    private Deep() {}

    static void unlessPostgresql(Dialect dialect) {
        assumeTrue(dialect == Dialect.POSTGRESQL || Boolean.getBoolean("l3d.deep"), "only with -Pdeep on " + dialect);
    }
}
