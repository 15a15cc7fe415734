// SPDX-License-Identifier: Apache-2.0
/** Files that commands read. */
@NullMarked
package org.l3distributor.console.internal;

import org.jspecify.annotations.NullMarked;
