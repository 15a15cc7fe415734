// SPDX-License-Identifier: Apache-2.0
/** What the commands share: finding ports, waiting for answers, reading files, saying why not. */
@NullMarked
package org.l3distributor.console.internal;

import org.jspecify.annotations.NullMarked;
