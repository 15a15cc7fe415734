// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.l3distributor.controller.rest.internal.wire.Requests;

/** For the OpenAPI document: every call of the class may be refused. */
@Inherited
@ApiResponse(
        responseCode = "default",
        description =
                "Refused or failed; nothing was changed. 400 bad input, 401 no valid token, 403 not allowed, 404 no such"
                        + " thing, 409 it is being changed or contradicts what stands, 501 an option that this controller doesn't have,"
                        + " 503 not ready: try again",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = Requests.Fault.class)))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Refusable {}
