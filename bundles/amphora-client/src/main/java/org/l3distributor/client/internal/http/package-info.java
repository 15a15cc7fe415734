// SPDX-License-Identifier: Apache-2.0
/** One request and its answer, over the JDK's HTTP client. */
@NullMarked
package org.l3distributor.client.internal.http;

import org.jspecify.annotations.NullMarked;
