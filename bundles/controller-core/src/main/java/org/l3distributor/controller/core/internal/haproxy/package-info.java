// SPDX-License-Identifier: Apache-2.0
/** HAProxy's configuration, as text and nothing else. */
@NullMarked
package org.l3distributor.controller.core.internal.haproxy;

import org.jspecify.annotations.NullMarked;
