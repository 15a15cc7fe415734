// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.haproxy.internal.files;

import org.jspecify.annotations.NullMarked;
