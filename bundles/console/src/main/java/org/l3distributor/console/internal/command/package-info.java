// SPDX-License-Identifier: Apache-2.0
/**
 * The commands and their completers. The shell makes an object per call and sets its fields; it runs on the session's
 * thread. A command prints its answer and returns nothing, because a remote call shows only what is printed; it refuses
 * by an exception, which gives a remote call its exit status.
 */
@NullMarked
package org.l3distributor.console.internal.command;

import org.jspecify.annotations.NullMarked;
