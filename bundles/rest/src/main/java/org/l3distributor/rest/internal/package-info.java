// SPDX-License-Identifier: Apache-2.0
/** The REST adapter as OSGi sees it: one JAX-RS application over whichever ports are there, and the sign that it answers. */
@NullMarked
package org.l3distributor.rest.internal;

import org.jspecify.annotations.NullMarked;
