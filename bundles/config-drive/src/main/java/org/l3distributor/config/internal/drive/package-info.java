// SPDX-License-Identifier: Apache-2.0
/** The OpenStack layout of a config drive, whatever it lies on. */
@NullMarked
package org.l3distributor.config.internal.drive;

import org.jspecify.annotations.NullMarked;
