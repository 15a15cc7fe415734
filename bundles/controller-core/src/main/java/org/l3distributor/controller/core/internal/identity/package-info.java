// SPDX-License-Identifier: Apache-2.0
/** The certificates that amphorae serve with. Functions of what they are given; to make a key takes a second. */
@NullMarked
package org.l3distributor.controller.core.internal.identity;

import org.jspecify.annotations.NullMarked;
