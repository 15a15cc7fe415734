// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.net.IpAddress;

/**
 * All that is outside of the tables, in tables of its own, where it outlives whoever did it: which instances there are,
 * how often each was made and deleted, what it runs, whether it is announced, and every call. What is done in the wrong
 * order is written down, too. A call takes a little while before and after it is done, in which its controller may die.
 */
final class RecordedWorld implements Effects {
    private static final int DELAY_MS = 3;

    private final String url;
    private final String user;
    private final String controller;
    private final Random random = new Random();
    private final Deque<Connection> idle = new ArrayDeque<>();

    RecordedWorld(String url, String user, String controller) {
        this.url = url;
        this.user = user;
        this.controller = controller;
    }

    static void found(String url, String user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, null);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists world_instance, world_call, world_wrong");
            statement.execute("create table world_instance (id varchar(36) primary key, owner varchar(36),"
                    + " alive boolean not null,"
                    + " plugged boolean not null default false, announced boolean not null default false,"
                    + " made int not null, deleted int not null default 0, configured text not null default '')");
            statement.execute("create table world_call (effect text not null, controller text not null)");
            statement.execute("create table world_wrong (what text not null)");
        }
    }

    /** The first column of what a statement finds. */
    static List<String> list(String url, String user, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, null);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public CompletionStage<Result> start(Effect effect) {
        return CompletableFuture.completedFuture(act(effect));
    }

    /** On the task's thread, so that a controller does as many things at once as it has threads. */
    private Result act(Effect effect) {
        Connection connection = null;
        try {
            pause();
            connection = connection();
            run(connection, "insert into world_call values (?, ?)", effect.key(), controller);
            Result result = act(connection, effect);
            connection.commit();
            give(connection);
            pause();
            return result;
        } catch (SQLException e) {
            close(connection);
            return new Result.Later(effect, e.toString());
        }
    }

    private synchronized Connection connection() throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = DriverManager.getConnection(url, user, null);
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private synchronized void give(Connection connection) {
        idle.push(connection);
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("it was broken anyway", e);
            }
        }
    }

    private void pause() {
        int most;
        synchronized (random) {
            most = random.nextInt(DELAY_MS + 1);
        }
        try {
            Thread.sleep(most); // a call's time, not a condition
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Result act(Connection on, Effect effect) throws SQLException {
        if (effect instanceof Effect.Build build) {
            return built(on, build);
        } else if (effect instanceof Effect.Boot boot) {
            must(on, effect, boot.amphora().id(), "alive");
        } else if (effect instanceof Effect.Plug plug) {
            must(on, effect, plug.amphora().id(), "alive");
            run(
                    on,
                    "update world_instance set plugged = true where id = ?",
                    plug.amphora().id());
        } else if (effect instanceof Effect.Configure configure) {
            String id = configure.amphora().id();
            must(on, effect, id, "alive and plugged");
            run(
                    on,
                    "update world_instance set configured = ? where id = ?",
                    configure.text().orElse("none"),
                    id);
        } else if (effect instanceof Effect.Announce announce) {
            for (Amphora amphora : announce.amphorae()) {
                must(on, effect, amphora.id(), "alive and configured <> ''");
                run(on, "update world_instance set announced = true where id = ?", amphora.id());
            }
        } else if (effect instanceof Effect.Withdraw withdraw) {
            for (String id : withdraw.amphoraIds()) {
                run(on, "update world_instance set announced = false where id = ?", id);
            }
        } else if (effect instanceof Effect.Forget forget) {
            run(
                    on,
                    "update world_instance set announced = false where owner = ?",
                    forget.vip().key().loadBalancerId());
        } else if (effect instanceof Effect.Quiesce quiesce) {
            run(
                    on,
                    "update world_instance set announced = false where id = ?",
                    quiesce.amphora().id());
        } else if (effect instanceof Effect.Idle idle) {
            must(on, effect, idle.amphora().id(), "not announced");
        } else if (effect instanceof Effect.Stop stop) {
            must(on, effect, stop.amphora().id(), "not announced");
        } else if (effect instanceof Effect.Destroy destroy) {
            run(
                    on,
                    "update world_instance set alive = false, plugged = false, configured = '', deleted = deleted + 1"
                            + " where id = ? and alive",
                    destroy.amphoraId());
            must(on, effect, destroy.amphoraId(), "not announced");
        }
        return new Result.Done(effect);
    }

    /** One that is there already is given as it is; one that was deleted and is made again is counted twice. */
    private static Result built(Connection on, Effect.Build build) throws SQLException {
        String id = build.amphora().id();
        run(
                on,
                "insert into world_instance (id, owner, alive, made) values (?, ?, true, 1) on conflict (id) do update"
                        + " set made = world_instance.made + (case when world_instance.alive then 0 else 1 end),"
                        + " alive = true",
                id,
                String.valueOf(build.amphora().loadBalancerId()));
        int number = Math.floorMod(id.hashCode(), 200) + 1;
        return new Result.Built(
                build,
                "compute-" + id.substring(0, 8),
                IpAddress.parse("192.0.2." + number),
                "rack",
                new Amphora.Frontend(
                        IpAddress.parse("198.51.100." + number),
                        null,
                        build.amphora().id(),
                        "port-of-" + id.substring(0, 8),
                        null,
                        null,
                        null),
                null);
    }

    /** What isn't there was never made, and needn't be so. */
    private static void must(Connection on, Effect effect, String id, String condition) throws SQLException {
        run(
                on,
                "insert into world_wrong select ? from world_instance where id = ? and not (" + condition + ")",
                effect.key() + " of one that isn't " + condition,
                id);
    }

    private static void run(Connection on, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
