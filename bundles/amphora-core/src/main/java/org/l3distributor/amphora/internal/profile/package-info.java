// SPDX-License-Identifier: Apache-2.0
/** Which profile is in force, and what that means for the speaker. Pure. */
@NullMarked
package org.l3distributor.amphora.internal.profile;

import org.jspecify.annotations.NullMarked;
