// SPDX-License-Identifier: Apache-2.0
/** ISO 9660 and FAT file systems, read in user space: no mount, no privilege, nothing written. */
@NullMarked
package org.l3distributor.config.internal.image;

import org.jspecify.annotations.NullMarked;
