// SPDX-License-Identifier: Apache-2.0
/** Finds the config drive, imports it once, and keeps a checked reading of the agent's files. */
@NullMarked
package org.l3distributor.config.internal;

import org.jspecify.annotations.NullMarked;
