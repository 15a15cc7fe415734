// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.haproxy.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
