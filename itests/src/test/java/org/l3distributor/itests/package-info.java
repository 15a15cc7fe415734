// SPDX-License-Identifier: Apache-2.0
/** The distribution as built, tried from outside and from inside. */
package org.l3distributor.itests;
