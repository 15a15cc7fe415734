// SPDX-License-Identifier: Apache-2.0
/** What every call shares: who may call, bodies, answers, refusals, pages. */
@NullMarked
package org.l3distributor.controller.rest.internal.http;

import org.jspecify.annotations.NullMarked;
