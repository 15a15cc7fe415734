// SPDX-License-Identifier: Apache-2.0
/** What a new amphora finds on its config drive. Blocks on the tables; called from threads of the effects' own. */
@NullMarked
package org.l3distributor.controller.core.internal.files;

import org.jspecify.annotations.NullMarked;
