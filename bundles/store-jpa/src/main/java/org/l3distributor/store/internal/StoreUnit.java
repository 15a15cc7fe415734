// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

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
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.jspecify.annotations.Nullable;

/** The persistence unit in code: what a persistence.xml and a JPA container would say and look up. */
final class StoreUnit implements PersistenceUnitInfo {
    private static final int BATCH = 1000;

    private final DataSource dataSource;

    private StoreUnit(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Deploys the unit over a migrated database; EclipseLink's faults come out as its unchecked exceptions. */
    static EntityManagerFactory deploy(DataSource dataSource) {
        Map<String, Object> settings = Map.of(
                "eclipselink.weaving", "false",
                "eclipselink.target-database", SqlitePlatform.class.getName(),
                "eclipselink.cache.shared.default", "false",
                "eclipselink.jdbc.batch-writing", "JDBC",
                "eclipselink.jdbc.batch-writing.size", Integer.toString(BATCH),
                "eclipselink.logging.logger", "JavaLogger",
                "eclipselink.logging.level", "SEVERE", // what fails is thrown; logged too it would be told twice
                // unique, or a reconfiguration would be handed the session that is just being closed
                "eclipselink.session-name", "store-" + UUID.randomUUID());
        EntityManagerFactory factory =
                new PersistenceProvider().createContainerEntityManagerFactory(new StoreUnit(dataSource), settings);
        factory.createEntityManager().close(); // deploys now, not in the first request
        return factory;
    }

    @Override
    public String getPersistenceUnitName() {
        return "store";
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
        return StoreUnit.class.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return List.of(RegistrationRow.class.getName(), OverrideRow.class.getName());
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
        return StoreUnit.class.getClassLoader();
    }

    /** Without weaving there is nothing to transform. */
    @Override
    public void addTransformer(ClassTransformer transformer) {}

    @Override
    public ClassLoader getNewTempClassLoader() {
        return getClassLoader();
    }
}
