// SPDX-License-Identifier: Apache-2.0
/** What goes over the wire, field by field. The OpenAPI document is made from these. */
@NullMarked
package org.l3distributor.rest.internal.wire;

import org.jspecify.annotations.NullMarked;
