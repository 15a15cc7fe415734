// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.PersistenceException;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.Opener;
import org.l3distributor.relational.PersistenceUnit;

/** The store over JPA. One caller at a time reaches the database; a commit has been synced when it returns. */
final class JpaStore implements ApplianceStore, Opener.Store {
    /** How many addresses one query names; SQLite allows 32766 parameters, parsing wants fewer. */
    private static final int CHUNK = 500;

    private final Database database;
    private final EntityManagerFactory factory;

    private JpaStore(Database database, EntityManagerFactory factory) {
        this.database = database;
        this.factory = factory;
    }

    static JpaStore open(Path directory) throws StoreException {
        return open(directory, new Properties());
    }

    static JpaStore open(Path directory, Properties pragmas) throws StoreException {
        long start = System.nanoTime();
        Database database = Database.open(directory, pragmas);
        try {
            JpaStore store = new JpaStore(
                    database,
                    PersistenceUnit.deploy(
                            "store",
                            database.source(),
                            Dialect.SQLITE,
                            List.of(RegistrationRow.class, OverrideRow.class)));
            StoreLog.open(database.file(), database.version(), (System.nanoTime() - start) / 1_000_000);
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw Database.fault("map the schema", database.file(), e);
        }
    }

    @Override
    public List<Registration> registrations() throws StoreException {
        return read(
                "read the registrations",
                em -> em.createNamedQuery(RegistrationRow.ALL, RegistrationRow.class)
                        .getResultStream()
                        .map(RegistrationRow::toRegistration)
                        .toList());
    }

    /** What is in both lists stays or is made. */
    @Override
    public void apply(List<Registration> added, List<Registration> removed) throws StoreException {
        Set<Registration> wanted = new LinkedHashSet<>(added);
        Set<Registration> unwanted = new HashSet<>(removed);
        unwanted.removeAll(wanted);
        String attempted = "add " + added.size() + " and remove " + removed.size() + " registrations";
        write(attempted, em -> {
            Set<Registration> touched = new LinkedHashSet<>(wanted);
            touched.addAll(unwanted);
            Map<Registration, String> present = present(em, List.copyOf(touched));
            wanted.stream()
                    .filter(registration -> !present.containsKey(registration))
                    .forEach(registration -> em.persist(RegistrationRow.of(registration)));
            delete(
                    em,
                    unwanted.stream().map(present::get).filter(Objects::nonNull).toList());
        });
    }

    /** By hand in one batch: a JPQL delete of ten thousand ids takes many times as long, and em.remove must read first. */
    private static void delete(EntityManager em, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Connection connection = em.unwrap(Connection.class); // the transaction's own
        try (PreparedStatement statement = connection.prepareStatement("delete from registration where id = ?")) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        return IntStream.range(0, (all.size() + CHUNK - 1) / CHUNK)
                .mapToObj(i -> all.subList(i * CHUNK, Math.min((i + 1) * CHUNK, all.size())))
                .toList();
    }

    /** The ids of these registrations' rows, among others of the same addresses. */
    private static Map<Registration, String> present(EntityManager em, List<Registration> asked) {
        Map<Registration, String> present = new HashMap<>();
        for (List<Registration> chunk : chunks(asked)) {
            em.createNamedQuery(RegistrationRow.AMONG, RegistrationRow.class)
                    .setParameter("vips", texts(chunk, Registration::vip))
                    .setParameter("nexthops", texts(chunk, Registration::nextHop))
                    .getResultStream()
                    .forEach(row -> present.put(row.toRegistration(), row.id()));
        }
        return present;
    }

    private static List<String> texts(List<Registration> registrations, Function<Registration, Object> part) {
        return registrations.stream().map(part).distinct().map(Object::toString).toList();
    }

    @Override
    public Map<String, String> overrides() throws StoreException {
        return read("read the overrides", em -> {
            Map<String, String> all = new LinkedHashMap<>();
            em.createNamedQuery(OverrideRow.ALL, OverrideRow.class)
                    .getResultStream()
                    .forEach(row -> all.put(row.name(), row.text()));
            return all;
        });
    }

    @Override
    public void putOverride(String name, String text) throws StoreException {
        write("set override " + name, em -> {
            OverrideRow row = em.find(OverrideRow.class, name);
            if (row == null) {
                row = new OverrideRow(name);
                em.persist(row);
            }
            row.set(text, Instant.now());
        });
    }

    @Override
    public void removeOverride(String name) throws StoreException {
        write("remove override " + name, em -> {
            OverrideRow row = em.find(OverrideRow.class, name);
            if (row != null) {
                em.remove(row);
            }
        });
    }

    private synchronized <T> T read(String attempted, Function<EntityManager, T> work) throws StoreException {
        try {
            EntityManager em = factory.createEntityManager();
            try {
                return work.apply(em);
            } finally {
                em.close();
            }
        } catch (RuntimeException e) {
            throw Database.fault(attempted, database.file(), e);
        }
    }

    private synchronized void write(String attempted, Consumer<EntityManager> work) throws StoreException {
        try {
            EntityManager em = factory.createEntityManager();
            try {
                em.getTransaction().begin();
                em.unwrap(UnitOfWork.class).beginEarlyTransaction(); // what is read here belongs to the transaction
                work.accept(em);
                em.getTransaction().commit();
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
                em.close();
            }
        } catch (RuntimeException e) {
            database.renewConnection();
            throw Database.fault(attempted, database.file(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (factory.isOpen()) {
            factory.close();
            database.close();
        }
    }
}
