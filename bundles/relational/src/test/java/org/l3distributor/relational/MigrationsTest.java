// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over V1.sql .. V3.sql beside this class. */
class MigrationsTest {
    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("test.db"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private Migrations.Result run(int latest, int foreign) throws SQLException, IOException {
        return new Migrations(MigrationsTest.class, "schema_version", latest).run(connection, Dialect.SQLITE, foreign);
    }

    private String row(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    @Test
    void run_onNothing_goesThroughEveryVersion_andASecondTimeDoesNothing() throws Exception {
        assertThat(run(2, 0)).isEqualTo(new Migrations.Result(0, 2));
        assertThat(run(2, 0)).isEqualTo(new Migrations.Result(2, 2));
        assertThat(row("select count(*) from one where label = 'x'")).isEqualTo("0");
    }

    @Test
    void run_withAFileOfThisDialect_takesItInsteadOfTheCommonOne() throws Exception {
        run(2, 0);
        assertThat(row("select came_from from two")).isEqualTo("V2.sqlite.sql");
    }

    @Test
    void run_onASchemaOfSomebodyElse_takesItsVersionForDone() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table one (id integer, name varchar(9), made datetime, raw blob)");
            statement.execute("insert into one (id, name) values (1, 'kept')");
        }
        assertThat(run(2, 1)).isEqualTo(new Migrations.Result(1, 2));
        assertThat(row("select label from one")).isEqualTo("kept");
        assertThat(run(2, 1)).isEqualTo(new Migrations.Result(2, 2));
    }

    @Test
    void run_thatFailsInTheMiddleOfAVersion_leavesNothingOfIt() throws Exception {
        assertThatThrownBy(() -> run(3, 0)).isInstanceOf(SQLException.class);
        connection.close();
        connect();
        assertThat(row("select count(*) from sqlite_master where name = 'three'"))
                .isEqualTo("0");
        assertThat(row("select max(version) from schema_version")).isEqualTo("2");
    }
}
