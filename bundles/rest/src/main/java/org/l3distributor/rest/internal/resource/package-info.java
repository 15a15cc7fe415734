// SPDX-License-Identifier: Apache-2.0
/** The resources: one class per noun of the API, each a thin adapter over a port. */
@NullMarked
package org.l3distributor.rest.internal.resource;

import org.jspecify.annotations.NullMarked;
