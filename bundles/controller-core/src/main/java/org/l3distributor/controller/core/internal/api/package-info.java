// SPDX-License-Identifier: Apache-2.0
/**
 * What users ask a controller for, answered from the shared tables: each change is one transaction with the task that brings
 * it about. Methods may be called from any thread and return at once; the tables are asked on threads of this package.
 */
@NullMarked
package org.l3distributor.controller.core.internal.api;

import org.jspecify.annotations.NullMarked;
