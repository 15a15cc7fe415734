// SPDX-License-Identifier: Apache-2.0
/** Values to text: tables for people, JSON for programs (the field names of the REST API). Pure. */
@NullMarked
package org.l3distributor.controller.console.internal.show;

import org.jspecify.annotations.NullMarked;
