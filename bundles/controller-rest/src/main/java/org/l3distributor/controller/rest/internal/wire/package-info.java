// SPDX-License-Identifier: Apache-2.0
/** What is written: Octavia's JSON, field by field. */
@NullMarked
package org.l3distributor.controller.rest.internal.wire;

import org.jspecify.annotations.NullMarked;
