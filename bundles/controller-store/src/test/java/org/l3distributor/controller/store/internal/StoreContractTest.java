// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.contract.NetworkRecordsContract;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.ControllerStoreContract;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.StoreRecordsContract;
import org.l3distributor.relational.Dialect;

/** The ports' contracts, on each database. */
@ExtendWith(DatabaseServers.class)
class StoreContractTest {
    private static StoreOn on;

    private static ControllerStore fresh(Dialect dialect) throws Exception {
        on = StoreOn.fresh(dialect);
        return on.store;
    }

    abstract static class Tables extends ControllerStoreContract {
        private final Dialect dialect;

        Tables(Dialect dialect) {
            this.dialect = dialect;
        }

        @Override
        protected ControllerStore store() throws Exception {
            return fresh(dialect);
        }

        @AfterEach
        void close() {
            on.close();
        }

        /** What others' tests ask the fake for must be there in the real tables. */
        @Test
        void fields_ofTheFake_areFieldsOfTheTables() throws Exception {
            fresh(dialect);
            List<Set<String>> real = on.store.in(Tables::fields);
            List<Set<String>> fake = new MemoryStore(Clock.systemUTC()).in(Tables::fields);
            for (int i = 0; i < real.size(); i++) {
                assertThat(real.get(i)).containsAll(fake.get(i));
            }
        }

        private static List<Set<String>> fields(Transaction tx) {
            return List.of(
                    tx.loadBalancers().fields(),
                    tx.listeners().fields(),
                    tx.pools().fields(),
                    tx.members().fields(),
                    tx.monitors().fields(),
                    tx.amphorae().fields(),
                    tx.distributors().fields(),
                    tx.speakers().fields(),
                    tx.peers().fields());
        }
    }

    abstract static class Records extends StoreRecordsContract {
        private final Dialect dialect;

        Records(Dialect dialect) {
            this.dialect = dialect;
        }

        @Override
        protected ControllerStore store() throws Exception {
            return fresh(dialect);
        }

        @Override
        protected DistributorRecords records(ControllerStore store, int amphoraPort) {
            return new JpaRecords(on.store, amphoraPort);
        }

        @AfterEach
        void close() {
            on.close();
        }
    }

    abstract static class Networks extends NetworkRecordsContract {
        private final Dialect dialect;

        Networks(Dialect dialect) {
            this.dialect = dialect;
        }

        @Override
        protected NetworkRecords records() throws Exception {
            fresh(dialect);
            return new JpaNetworks(on.store);
        }

        @AfterEach
        void close() {
            on.close();
        }
    }

    @Nested
    class TablesOnSqlite extends Tables {
        TablesOnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class TablesOnPostgreSql extends Tables {
        TablesOnPostgreSql() {
            super(Dialect.POSTGRESQL);
        }
    }

    @Nested
    class TablesOnMariaDb extends Tables {
        TablesOnMariaDb() {
            super(Dialect.MARIADB);
        }
    }

    @Nested
    class RecordsOnSqlite extends Records {
        RecordsOnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class RecordsOnPostgreSql extends Records {
        RecordsOnPostgreSql() {
            super(Dialect.POSTGRESQL);
        }
    }

    @Nested
    class RecordsOnMariaDb extends Records {
        RecordsOnMariaDb() {
            super(Dialect.MARIADB);
        }
    }

    @Nested
    class NetworksOnSqlite extends Networks {
        NetworksOnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class NetworksOnPostgreSql extends Networks {
        NetworksOnPostgreSql() {
            super(Dialect.POSTGRESQL);
        }
    }

    @Nested
    class NetworksOnMariaDb extends Networks {
        NetworksOnMariaDb() {
            super(Dialect.MARIADB);
        }
    }
}
