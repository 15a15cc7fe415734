// SPDX-License-Identifier: Apache-2.0
/** SQLite, its migrations and the JPA mapping behind the store port. Nothing here is seen outside but the service. */
@NullMarked
package org.l3distributor.store.internal;

import org.jspecify.annotations.NullMarked;
