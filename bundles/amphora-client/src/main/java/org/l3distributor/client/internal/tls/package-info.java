// SPDX-License-Identifier: Apache-2.0
/** Who we are, whom we trust, and whether the one that answers is the one that was called. */
@NullMarked
package org.l3distributor.client.internal.tls;

import org.jspecify.annotations.NullMarked;
