// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import org.jspecify.annotations.Nullable;

/**
 * Who an amphora says that it is.
 *
 * @param apiVersion {@code 1.0}
 * @param haproxyVersion as its package has it, for example {@code 2.6.12-1+deb12u1}; null where there is none
 */
public record AmphoraInfo(
        String hostname, String apiVersion, @Nullable String haproxyVersion) {}
