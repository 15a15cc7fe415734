// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.l3distributor.netns.internal.netlink;

import org.jspecify.annotations.NullMarked;
