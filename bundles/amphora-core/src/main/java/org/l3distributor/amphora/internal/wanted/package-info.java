// SPDX-License-Identifier: Apache-2.0
/** What is wanted, decided without threads, clock or I/O. */
@NullMarked
package org.l3distributor.amphora.internal.wanted;

import org.jspecify.annotations.NullMarked;
