// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(description = "A link to another page of a list")
public record Link(@Schema(example = "next") String rel, String href) {}
