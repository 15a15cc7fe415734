// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.haproxy.internal.config;

import org.jspecify.annotations.NullMarked;
