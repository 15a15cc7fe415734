// SPDX-License-Identifier: Apache-2.0
/** The compute driver that makes no machines. */
@NullMarked
package org.l3distributor.compute.noop.internal;

import org.jspecify.annotations.NullMarked;
