// SPDX-License-Identifier: Apache-2.0
/** The calls. */
@NullMarked
package org.l3distributor.controller.rest.internal.resource;

import org.jspecify.annotations.NullMarked;
