// SPDX-License-Identifier: Apache-2.0
/** What this host says about itself: facts for the amphora API, metrics for the scrape. */
@NullMarked
package org.l3distributor.rest.internal.host;

import org.jspecify.annotations.NullMarked;
