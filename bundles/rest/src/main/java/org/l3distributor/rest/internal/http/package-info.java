// SPDX-License-Identifier: Apache-2.0
/** What every call shares: bodies, refusals, answers, paging, and who may call. */
@NullMarked
package org.l3distributor.rest.internal.http;

import org.jspecify.annotations.NullMarked;
