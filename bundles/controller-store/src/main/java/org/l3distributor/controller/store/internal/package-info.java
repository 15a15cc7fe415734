// SPDX-License-Identifier: Apache-2.0
/** The controller's tables over JPA: rows, what makes values of them, and the services. Nothing here is exported. */
@NullMarked
package org.l3distributor.controller.store.internal;

import org.jspecify.annotations.NullMarked;
