// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Snake
@Schema(name = "Error", description = "Why a call was refused. Nothing was changed by it.")
public record ErrorBody(
        @Schema(description = "The class of error, in words", example = "Invalid request")
        String message,

        @Schema(description = "Every reason, in one line") String details,

        @Schema(
                description = "The gravest reason, as a fixed word: invalid, unknown_field, duplicate_key,"
                        + " malformed_json, secret_refused, too_large, unsupported_media_type, forbidden, unsupported,"
                        + " registration_not_found, peer_not_found, unknown_path, method_not_allowed, conflict,"
                        + " not_ready, store_unavailable, timeout, internal")
        String code,

        @Schema(description = "The offending field; empty when it isn't one field's fault", example = "vip_ip")
        String field,

        @Schema(description = "The value as given, shortened; null when missing or secret", nullable = true) @Nullable
        String value,

        @Schema(description = "What is allowed") String rule,

        @Schema(description = "Every reason by itself; at most 100")
        List<Item> errors) {
    @Snake
    @Schema(name = "ErrorItem", description = "One reason")
    public record Item(
            String code,
            String field,
            @Schema(nullable = true) @Nullable String value,
            String rule) {}
}
