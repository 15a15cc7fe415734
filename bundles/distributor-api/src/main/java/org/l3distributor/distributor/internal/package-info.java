// SPDX-License-Identifier: Apache-2.0
/** What the rules of the profile and of registrations share. */
@NullMarked
package org.l3distributor.distributor.internal;

import org.jspecify.annotations.NullMarked;
