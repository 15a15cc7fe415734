// SPDX-License-Identifier: Apache-2.0
/** Networks kept in the controller's own tables. */
@NullMarked
package org.l3distributor.network.local.internal;

import org.jspecify.annotations.NullMarked;
