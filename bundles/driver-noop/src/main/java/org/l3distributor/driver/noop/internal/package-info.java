// SPDX-License-Identifier: Apache-2.0
/** The driver that does nothing on any wire. */
@NullMarked
package org.l3distributor.driver.noop.internal;

import org.jspecify.annotations.NullMarked;
