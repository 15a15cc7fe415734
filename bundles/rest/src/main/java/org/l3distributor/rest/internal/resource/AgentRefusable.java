// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.l3distributor.rest.internal.wire.AgentBody;

/** For the OpenAPI document: every call of the class may be refused in the words of Octavia's agent. */
@Inherited
@ApiResponse(
        responseCode = "default",
        description = "Refused or failed. 400 bad input or a body over 4 MiB, 404 no such thing (also every call of a"
                + " load balancer on an appliance that is none), 409 contradicts what stands, 500 failed",
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(oneOf = {AgentBody.Said.class, AgentBody.Problem.class})))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface AgentRefusable {}
