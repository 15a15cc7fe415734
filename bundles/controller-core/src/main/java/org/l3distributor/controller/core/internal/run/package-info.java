// SPDX-License-Identifier: Apache-2.0
/**
 * Runs flows: claims tasks in the shared tables, does what a flow says, and writes what came of it. Threads of its own; a
 * task is run by one of them at a time.
 */
@NullMarked
package org.l3distributor.controller.core.internal.run;

import org.jspecify.annotations.NullMarked;
