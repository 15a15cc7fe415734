// SPDX-License-Identifier: Apache-2.0
/** A whole controller over the real tables, the real driver and the real client, with amphorae that speak the real API. */
package org.l3distributor.controller.core.internal.whole;
