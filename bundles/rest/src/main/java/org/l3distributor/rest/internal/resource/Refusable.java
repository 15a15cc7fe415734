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
import org.l3distributor.rest.internal.wire.ErrorBody;

/** For the OpenAPI document: every call of the class may be refused. */
@Inherited
@ApiResponse(
        responseCode = "default",
        description = "Refused or failed; nothing was changed. 400 bad input, 403 not allowed, 404 no such thing, 409"
                + " contradicts what stands, 413 body over 4 MiB, 415 not JSON, 503 not ready: try again",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Refusable {}
