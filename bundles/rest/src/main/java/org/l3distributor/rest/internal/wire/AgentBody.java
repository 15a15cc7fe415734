// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the amphora API says and takes, in the words of Octavia's agent. */
public final class AgentBody {
    private AgentBody() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentAnswer", description = "What became of a call, in the words of Octavia's agent")
    public record Said(
            @Schema(example = "OK", nullable = true) @Nullable
            String message,

            @Schema(description = "What exactly was done, or was wrong", nullable = true) @Nullable
            String details) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentError", description = "A request that no call can be made of")
    public record Problem(
            @Schema(example = "400 Bad Request: Invalid subnet information")
            String error,

            @JsonProperty("http_code") int httpCode,

            @Schema(description = "Which field, and why", nullable = true) @Nullable
            String details) {}

    @Schema(name = "AgentInterface")
    public record Interface(
            String message,

            @JsonProperty("interface") @Schema(name = "interface", example = "eth1")
            String name) {}

    @Schema(name = "AgentListener")
    public record Listener(
            @Schema(allowableValues = {"ACTIVE", "OFFLINE"}) String status,

            @Schema(allowableValues = {"HTTP", "TCP", "TERMINATED_HTTPS"})
            String type,

            String uuid) {}

    @Schema(name = "AgentDigest")
    public record Digest(
            @Schema(description = "32 hex digits") String md5sum) {}
}
