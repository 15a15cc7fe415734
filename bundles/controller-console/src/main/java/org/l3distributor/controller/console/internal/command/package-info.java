// SPDX-License-Identifier: Apache-2.0
/** The commands and their completers; see {@link org.l3distributor.console}. */
@NullMarked
package org.l3distributor.controller.console.internal.command;

import org.jspecify.annotations.NullMarked;
