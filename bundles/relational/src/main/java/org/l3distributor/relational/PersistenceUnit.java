// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.persistence.EntityManagerFactory;
import javax.persistence.SharedCacheMode;
import javax.persistence.ValidationMode;
import javax.persistence.spi.ClassTransformer;
import javax.persistence.spi.PersistenceUnitInfo;
import javax.persistence.spi.PersistenceUnitTransactionType;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.jspecify.annotations.Nullable;

/** The persistence unit in code: what a persistence.xml and a JPA container would say and look up. */
public final class PersistenceUnit implements PersistenceUnitInfo {
    private static final int BATCH = 1000;

    private final String name;
    private final DataSource dataSource;
    private final List<Class<?>> entities;

    private PersistenceUnit(String name, DataSource dataSource, List<Class<?>> entities) {
        this.name = name;
        this.dataSource = dataSource;
        this.entities = List.copyOf(entities);
    }

    /**
     * Deploys a unit over a migrated database; EclipseLink's faults come out as its unchecked exceptions.
     *
     * @param entities and converters: all of one bundle, which imports this package, for EclipseLink finds by that
     *     bundle's class loader what it is given as a name
     */
    public static EntityManagerFactory deploy(
            String name, DataSource dataSource, Dialect dialect, List<Class<?>> entities) {
        Map<String, Object> settings = Map.of(
                "eclipselink.weaving", "false",
                "eclipselink.target-database", dialect.platform(),
                "eclipselink.cache.shared.default", "false",
                "eclipselink.jdbc.batch-writing", "JDBC",
                "eclipselink.jdbc.batch-writing.size", Integer.toString(BATCH),
                "eclipselink.logging.logger", "JavaLogger",
                "eclipselink.logging.level", "SEVERE", // what fails is thrown; logged too it would be told twice
                // unique, or a reconfiguration would be handed the session that is just being closed
                "eclipselink.session-name", name + "-" + UUID.randomUUID());
        EntityManagerFactory factory = new PersistenceProvider()
                .createContainerEntityManagerFactory(new PersistenceUnit(name, dataSource, entities), settings);
        factory.createEntityManager().close(); // deploys now, not in the first request
        // where no connection is to be had the pool has waited already; by default EclipseLink has it wait three times
        // more
        DatabaseLogin login =
                (DatabaseLogin) JpaHelper.getServerSession(factory).getDatasourceLogin();
        login.setQueryRetryAttemptCount(0);
        return factory;
    }

    @Override
    public String getPersistenceUnitName() {
        return name;
    }

    @Override
    public String getPersistenceProviderClassName() {
        return PersistenceProvider.class.getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public @Nullable DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return dataSource;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    /** Only tells EclipseLink where the unit lives; with the classes listed nothing is scanned there. */
    @Override
    public URL getPersistenceUnitRootUrl() {
        return entities.get(0).getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return entities.stream().map(Class::getName).toList();
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "2.2";
    }

    @Override
    public ClassLoader getClassLoader() {
        return entities.get(0).getClassLoader();
    }

    /** Without weaving there is nothing to transform. */
    @Override
    public void addTransformer(ClassTransformer transformer) {}

    @Override
    public ClassLoader getNewTempClassLoader() {
        return getClassLoader();
    }
}
