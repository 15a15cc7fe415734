// SPDX-License-Identifier: Apache-2.0
/** What an appliance does where it holds a load balancer itself. */
@NullMarked
package org.l3distributor.loadbalancer.internal;

import org.jspecify.annotations.NullMarked;
