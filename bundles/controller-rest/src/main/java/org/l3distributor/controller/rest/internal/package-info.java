// SPDX-License-Identifier: Apache-2.0
/** The controller API as an application of the JAX-RS whiteboard. */
@NullMarked
package org.l3distributor.controller.rest.internal;

import org.jspecify.annotations.NullMarked;
