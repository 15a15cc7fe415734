// SPDX-License-Identifier: Apache-2.0
/** The roles of this container. */
@NullMarked
package org.l3distributor.roles.internal;

import org.jspecify.annotations.NullMarked;
