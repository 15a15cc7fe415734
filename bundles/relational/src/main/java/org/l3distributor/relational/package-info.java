// SPDX-License-Identifier: Apache-2.0
/**
 * From a JDBC driver object to an {@code EntityManagerFactory}, on SQLite, PostgreSQL and MariaDB: data source,
 * migrations, persistence unit, faults in words, and a thread that opens again until it is open. Called by the stores'
 * bundles, from their own threads; everything but {@link Opener} blocks on the database. Signatures speak JDBC and
 * {@code javax.persistence} on purpose: that is what this bundle is about.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.relational;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
