// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.haproxy.internal.life;

import org.jspecify.annotations.NullMarked;
