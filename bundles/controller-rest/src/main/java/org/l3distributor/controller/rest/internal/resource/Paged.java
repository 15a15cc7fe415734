// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** For the OpenAPI document: the call gives a list, of which a page may be asked for. */
@Parameter(
        name = "limit",
        in = ParameterIn.QUERY,
        description = "Rows of a page, at most 1000",
        schema = @Schema(type = "integer"))
@Parameter(
        name = "marker",
        in = ParameterIn.QUERY,
        description = "Id of the last row of the page before",
        schema = @Schema(type = "string"))
@Parameter(
        name = "page_reverse",
        in = ParameterIn.QUERY,
        description = "The page before the marker",
        schema = @Schema(type = "boolean"))
@Parameter(
        name = "sort",
        in = ParameterIn.QUERY,
        description = "Attributes, such as name:asc,created_at:desc",
        schema = @Schema(type = "string"))
@Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
@Parameter(
        name = "project_id",
        in = ParameterIn.QUERY,
        description = "As any other attribute: only what has this value",
        schema = @Schema(type = "string"))
@Parameter(
        name = "tags",
        in = ParameterIn.QUERY,
        description = "Only what has all of them; also tags-any, not-tags, not-tags-any",
        schema = @Schema(type = "string"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Paged {}
