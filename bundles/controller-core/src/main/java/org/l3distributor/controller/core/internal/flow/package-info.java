// SPDX-License-Identifier: Apache-2.0
/**
 * What is to be done next with a load balancer or an amphora: decided from a task and a snapshot of the tables, as a value.
 * No thread, no socket, no table; whoever runs the steps is in the package above.
 */
@NullMarked
package org.l3distributor.controller.core.internal.flow;

import org.jspecify.annotations.NullMarked;
