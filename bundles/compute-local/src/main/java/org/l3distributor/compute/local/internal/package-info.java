// SPDX-License-Identifier: Apache-2.0
/** Amphorae as machines of this host. What there is stands on disk; a program makes and ends it. */
@NullMarked
package org.l3distributor.compute.local.internal;

import org.jspecify.annotations.NullMarked;
