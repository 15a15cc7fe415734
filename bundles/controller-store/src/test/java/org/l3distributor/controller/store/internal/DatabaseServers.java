// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.l3distributor.relational.Dialect;

/**
 * Debian's PostgreSQL and MariaDB in a temporary directory, on 127.0.0.1, as an unprivileged user; started when the
 * first test asks, ended and removed after the last. They end with this process, however that ends. Without fsync:
 * what a server does at a power cut is the server's.
 */
public final class DatabaseServers implements BeforeAllCallback {
    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql/15/bin");
    private static final Map<Dialect, Server> RUNNING = new EnumMap<>(Dialect.class);
    private static final Map<Dialect, Settings> MIGRATED = new EnumMap<>(Dialect.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<String> DEPENDENT_FIRST = List.of(
            "l3d_port_address",
            "l3d_port",
            "l3d_subnet",
            "l3d_network",
            "l3d_task",
            "l3d_withdrawal",
            "tags",
            "listener_statistics",
            "listener_cidr",
            "session_persistence",
            "health_monitor",
            "member",
            "listener",
            "pool",
            "distributor_l3_amphora_vip_registration",
            "distributor_l3_amphora_bgp_speaker_registration",
            "distributor_l3_bgp_peer_registration",
            "distributor_l3_bgp_peer",
            "distributor_l3_bgp_speaker",
            "amphora_registration",
            "amphora_health",
            "amphora",
            "additional_vip",
            "vip",
            "load_balancer",
            "distributor");

    private static Path files;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(DatabaseServers.class, key -> new Closing());
    }

    /** After the last test of all. */
    private static final class Closing implements AutoCloseable {
        @Override
        public void close() {
            closeAll();
        }
    }

    /** Ends all servers; for programs that are no tests. */
    public static synchronized void closeAll() {
        RUNNING.values().forEach(Server::close);
        RUNNING.clear();
        MIGRATED.clear();
        if (files != null) {
            delete(files);
            files = null;
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database of its own. */
    static synchronized Settings fresh(Dialect dialect, Path directory) throws Exception {
        int number = NUMBER.incrementAndGet();
        if (dialect == Dialect.SQLITE) {
            return Settings.of("jdbc:sqlite:" + directory.resolve("test-" + number + ".db"));
        }
        return server(dialect).fresh("test_" + number);
    }

    /** The database that tests of this dialect share, with the latest schema and no rows but those of the schema. */
    static synchronized Settings migrated(Dialect dialect) throws Exception {
        Settings settings = MIGRATED.get(dialect);
        if (settings == null) {
            settings = fresh(dialect, dialect == Dialect.SQLITE ? files() : Path.of("/unused"));
            Database.open(settings).close();
            MIGRATED.put(dialect, settings);
        }
        try (Connection connection = Schema.connect(settings);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : DEPENDENT_FIRST) {
                statement.execute("delete from " + table);
            }
            connection.commit();
        }
        return settings;
    }

    private static Path files() throws IOException {
        if (files == null) {
            files = Files.createTempDirectory("l3d-sqlite");
        }
        return files;
    }

    static synchronized Server server(Dialect dialect) throws Exception {
        Server server = RUNNING.get(dialect);
        if (server == null) {
            server = new Server(dialect);
            RUNNING.put(dialect, server);
        }
        return server;
    }

    /** One server. */
    static final class Server implements AutoCloseable {
        private static final Duration START = Duration.ofSeconds(60);

        private final Dialect dialect;
        private final Path directory;
        private final int port;
        private Process process;

        Server(Dialect dialect) throws Exception {
            this.dialect = dialect;
            directory = Files.createTempDirectory("l3d-" + dialect.name().toLowerCase(java.util.Locale.ROOT));
            if (isRoot()) {
                Files.setOwner(
                        directory,
                        directory
                                .getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName("nobody"));
            }
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = socket.getLocalPort();
            }
            install();
            start();
        }

        private static boolean isRoot() {
            return "root".equals(System.getProperty("user.name"));
        }

        private Process run(String... command) throws IOException {
            List<String> words = new ArrayList<>();
            if (isRoot()) {
                words.addAll(List.of(
                        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL", "--"));
            }
            words.addAll(List.of(command));
            ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
            builder.environment().put("HOME", directory.toString());
            builder.environment().put("LC_ALL", "C");
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        }

        private Path log() {
            return directory.resolveSibling(directory.getFileName() + ".log");
        }

        private void install() throws Exception {
            Process made = dialect == Dialect.POSTGRESQL
                    ? run(
                            POSTGRESQL.resolve("initdb").toString(),
                            "-D",
                            directory + "/data",
                            "-U",
                            "l3d",
                            "-A",
                            "trust",
                            "--no-sync",
                            "-E",
                            "UTF8",
                            "--locale=C")
                    : run(
                            "mariadb-install-db",
                            "--no-defaults",
                            "--datadir=" + directory + "/data",
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db");
            if (!made.waitFor(START.toSeconds(), TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IllegalStateException("making the data directory: " + Files.readString(log()));
            }
        }

        void start() throws Exception {
            process = dialect == Dialect.POSTGRESQL
                    ? run(
                            POSTGRESQL.resolve("postgres").toString(),
                            "-D",
                            directory + "/data",
                            "-p",
                            Integer.toString(port),
                            "-k",
                            directory.toString(),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "fsync=off",
                            "-c",
                            "max_connections=60")
                    : run(
                            "/usr/sbin/mariadbd",
                            "--no-defaults",
                            "--datadir=" + directory + "/data",
                            "--socket=" + directory + "/socket",
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--skip-log-bin",
                            "--innodb-flush-log-at-trx-commit=2",
                            "--innodb-flush-method=nosync",
                            "--innodb-doublewrite=0",
                            "--innodb-buffer-pool-size=64M",
                            "--character-set-server=utf8mb4");
            awaitAnswer();
        }

        private void awaitAnswer() throws Exception {
            long end = System.nanoTime() + START.toNanos();
            while (true) {
                try (Connection connection = DriverManager.getConnection(administrator())) {
                    return;
                } catch (SQLException e) {
                    if (System.nanoTime() > end || !process.isAlive()) {
                        throw new IllegalStateException("no answer: " + Files.readString(log()), e);
                    }
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }

        private String administrator() {
            return dialect == Dialect.POSTGRESQL
                    ? "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=l3d"
                    : "jdbc:mariadb://127.0.0.1:" + port + "/mysql?user=root";
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(administrator());
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        Settings fresh(String name) throws SQLException {
            execute("create database " + name);
            return settings(name);
        }

        private Settings settings(String name) {
            return dialect == Dialect.POSTGRESQL
                    ? new Settings("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "l3d", null, 8, false, null)
                    : new Settings("jdbc:mariadb://127.0.0.1:" + port + "/" + name, "root", null, 8, false, null);
        }

        /** For SQLAlchemy. */
        String pythonUrl(Settings settings) {
            String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
            return dialect == Dialect.POSTGRESQL
                    ? "postgresql://l3d@127.0.0.1:" + port + "/" + name
                    : "mysql+pymysql://root@127.0.0.1:" + port + "/" + name;
        }

        /** Sends a signal to the server and its children. */
        void signal(String name) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
            process.descendants().forEach(child -> words.add(Long.toString(child.pid())));
            new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD) // of children that have just left
                    .start()
                    .waitFor();
        }

        /** kill -9 of the server and its children, as a host that loses power. */
        void kill() throws InterruptedException {
            List<ProcessHandle> children = process.descendants().toList();
            process.toHandle().destroyForcibly();
            process.waitFor();
            children.forEach(child -> child.onExit()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join()); // PostgreSQL's leave when they miss their parent
        }

        @Override
        public void close() {
            try {
                kill();
                delete(directory);
                Files.deleteIfExists(log());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("removing " + directory, e);
            }
        }
    }
}
