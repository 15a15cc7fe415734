// SPDX-License-Identifier: Apache-2.0
/** INI text as oslo.config reads it. Pure. */
@NullMarked
package org.l3distributor.config.internal.ini;

import org.jspecify.annotations.NullMarked;
