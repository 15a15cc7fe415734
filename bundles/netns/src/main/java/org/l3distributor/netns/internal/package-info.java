// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.netns.internal;

import org.jspecify.annotations.NullMarked;
