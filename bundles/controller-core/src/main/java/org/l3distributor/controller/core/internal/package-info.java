// SPDX-License-Identifier: Apache-2.0
/** The component that puts a controller together. */
@NullMarked
package org.l3distributor.controller.core.internal;

import org.jspecify.annotations.NullMarked;
