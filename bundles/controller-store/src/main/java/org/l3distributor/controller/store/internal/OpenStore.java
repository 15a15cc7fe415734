// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.PersistenceException;
import org.eclipse.persistence.exceptions.EclipseLinkException;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.l3distributor.distributor.store.StoreBusy;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.Faults;
import org.l3distributor.relational.Opener;
import org.l3distributor.relational.PersistenceUnit;

/** A database that is open: its pool and its entities. */
final class OpenStore implements Access, Opener.Store {
    private static final int ATTEMPTS = 6;

    static final List<Class<?>> ENTITIES = List.of(
            LoadBalancerRow.class,
            VipRow.class,
            AdditionalVipRow.class,
            ListenerRow.class,
            CidrRow.class,
            PoolRow.class,
            SessionPersistenceRow.class,
            MemberRow.class,
            HealthMonitorRow.class,
            TagRow.class,
            StatisticsRow.class,
            AmphoraRow.class,
            AmphoraHealthRow.class,
            AmphoraRegistrationRow.class,
            DistributorRow.class,
            SpeakerRow.class,
            PeerRow.class,
            PeerRegistrationRow.class,
            SpeakerRegistrationRow.class,
            VipRegistrationRow.class,
            TaskRow.class,
            WithdrawalRow.class,
            NetworkRow.class,
            SubnetRow.class,
            PortRow.class,
            PortAddressRow.class);

    /** EclipseLink must know what these are, too. */
    private static final List<Class<?>> BESIDES = List.of(VersionedRow.class, ResourceRow.class);

    private final Database database;
    private final EntityManagerFactory factory;
    private final AtomicInteger working = new AtomicInteger(); // transactions that have a connection
    private final AtomicLong ended = new AtomicLong(); // those that had one

    private OpenStore(Database database, EntityManagerFactory factory) {
        this.database = database;
        this.factory = factory;
    }

    static OpenStore open(Settings settings) throws StoreException {
        long start = System.nanoTime();
        Database database = Database.open(settings);
        try {
            List<Class<?>> managed = new ArrayList<>(ENTITIES);
            managed.addAll(BESIDES);
            OpenStore store = new OpenStore(
                    database, PersistenceUnit.deploy("controller-store", database.pool(), database.dialect(), managed));
            StoreLog.open(settings, database.schema(), (System.nanoTime() - start) / 1_000_000);
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw Database.fault("map the schema", settings, e);
        }
    }

    @Override
    public <T> T transaction(String attempted, BiFunction<EntityManager, Dialect, T> work) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            long before = ended.get();
            try {
                return once(work);
            } catch (RuntimeException e) {
                if (!factory.isOpen()) { // nobody waits for those who are at work: it may be their rollback that hangs
                    throw new StoreException(attempted + ": the store was closed meanwhile", e);
                }
                if (!isTheDatabases(e)) {
                    throw e;
                }
                if (Faults.isWait(e) && (working.get() > 0 || ended.get() != before)) {
                    throw new StoreBusy(
                            String.valueOf(Database.fault(attempted, database.settings(), e)
                                    .getMessage()),
                            e);
                }
                Faults.Kind kind = Faults.kind(e);
                if (kind != Faults.Kind.COLLISION || attempt == ATTEMPTS) {
                    throw translate(attempted, kind, e);
                }
            }
        }
    }

    private <T> T once(BiFunction<EntityManager, Dialect, T> work) {
        EntityManager em = factory.createEntityManager();
        try {
            em.getTransaction().begin();
            em.unwrap(UnitOfWork.class).beginEarlyTransaction(); // what is read here belongs to the transaction
            var unused = em.unwrap(Connection.class); // by itself it takes one for the first statement
            return connected(em, work);
        } finally {
            end(em);
        }
    }

    private <T> T connected(EntityManager em, BiFunction<EntityManager, Dialect, T> work) {
        boolean done = false;
        working.incrementAndGet();
        try {
            T answer = work.apply(em, database.dialect());
            em.getTransaction().commit();
            done = true;
            return answer;
        } finally {
            if (!done && database.dialect() == Dialect.SQLITE) {
                database.renewConnection();
            }
            ended.incrementAndGet(); // before the other: at no moment does it look as if nobody had one
            working.decrementAndGet();
        }
    }

    /** Where the connection is gone a rollback fails too; what came before it is the fault to be told. */
    private static void end(EntityManager em) {
        try {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
        } catch (PersistenceException | EclipseLinkException e) {
            StoreLog.rollbackFailed(e);
        } finally {
            if (em.isOpen()) { // not with its store closed
                em.close();
            }
        }
    }

    private static boolean isTheDatabases(RuntimeException fault) {
        return fault instanceof PersistenceException || fault instanceof EclipseLinkException;
    }

    private StoreException translate(String attempted, Faults.Kind kind, RuntimeException fault) {
        StoreException told = Database.fault(attempted, database.settings(), fault);
        return kind == Faults.Kind.CONSTRAINT ? new StoreConflict(String.valueOf(told.getMessage()), fault) : told;
    }

    @Override
    public void close() {
        if (factory.isOpen()) {
            factory.close();
            database.close();
        }
    }
}
