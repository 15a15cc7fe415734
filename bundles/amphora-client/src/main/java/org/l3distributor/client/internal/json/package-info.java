// SPDX-License-Identifier: Apache-2.0
/** The bodies of the extended amphora API, written and read. What is read is checked; fields that nobody knows are passed over. */
@NullMarked
package org.l3distributor.client.internal.json;

import org.jspecify.annotations.NullMarked;
