// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes are those that the servers were seen to tell. */
class FaultsTest {
    @ParameterizedTest
    @CsvSource({
        // state, vendor code, kind, hint
        "     , 5,    COLLISION,   another process holds the lock",
        "     , 2067, CONSTRAINT,  ''",
        "     , 14,   UNREACHABLE, the file can't be opened",
        "     , 13,   OTHER,       the disk is full",
        "40001, 0,    COLLISION,   ''",
        "40P01, 0,    COLLISION,   ''",
        "55P03, 0,    COLLISION,   ''",
        "40001, 1213, COLLISION,   ''",
        "HY000, 1205, COLLISION,   ''",
        "23505, 0,    CONSTRAINT,  ''",
        "23000, 1062, CONSTRAINT,  ''",
        "08006, 0,    UNREACHABLE, the server can't be reached",
        "08000, 1927, UNREACHABLE, the server can't be reached",
        "57P01, 0,    UNREACHABLE, the server is going down",
        "28P01, 0,    UNREACHABLE, the server refuses the login",
        "3D000, 0,    UNREACHABLE, there is no such database",
        "42601, 0,    OTHER,       ''"
    })
    void fault_ofADatabase_isOfAKindAndHasAHint(String state, int code, Faults.Kind kind, String hint) {
        Exception fault = new IllegalStateException("jpa", new SQLException("what it said", state, code));
        assertThat(Faults.kind(fault)).isEqualTo(kind);
        assertThat(Faults.reason(fault)).startsWith(hint).endsWith("what it said");
    }

    @Test
    void fault_ofThePool_isUnreachable() {
        Exception fault = new IllegalStateException(new SQLTransientConnectionException("no connection in 3000 ms"));
        assertThat(Faults.kind(fault)).isEqualTo(Faults.Kind.UNREACHABLE);
        assertThat(Faults.reason(fault)).isEqualTo("no connection in 3000 ms");
        assertThat(Faults.isWait(fault)).isTrue();
        Exception refused =
                new SQLTransientConnectionException("no connection", "08001", 0, new SQLException("refused"));
        assertThat(Faults.kind(refused)).isEqualTo(Faults.Kind.UNREACHABLE);
        assertThat(Faults.isWait(refused)).isFalse();
    }

    @Test
    void fault_ofNoDatabase_isToldByItsDeepestCause() {
        assertThat(Faults.kind(new IllegalStateException("x"))).isEqualTo(Faults.Kind.OTHER);
        assertThat(Faults.reason(new IllegalStateException("outer", new NullPointerException())))
                .isEqualTo("java.lang.NullPointerException");
    }
}
