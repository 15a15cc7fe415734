// SPDX-License-Identifier: Apache-2.0
/** The one component that builds the core and publishes its ports. */
@NullMarked
package org.l3distributor.amphora.internal.osgi;

import org.jspecify.annotations.NullMarked;
