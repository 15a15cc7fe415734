// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final Path GENERATED = Path.of("target/classes/openapi/openapi.json");
    private static final Path CHECKED_IN = Path.of("../../docs/openapi-controller.json");

    @Test
    void document_asGenerated_isTheOneCheckedIn() throws IOException {
        assertThat(read(GENERATED))
                .as(
                        "the API has changed: look at the difference, then copy bundles/controller-rest/%s to"
                                + " docs/openapi-controller.json",
                        GENERATED)
                .isEqualTo(read(CHECKED_IN));
    }

    @Test
    void everyCall_hasASummaryAndDescribesItsAnswers() throws IOException {
        for (JsonNode path : read(GENERATED).get("paths")) {
            for (JsonNode call : path) {
                assertThat(call.path("summary").asText()).as(call.toString()).isNotBlank();
                for (JsonNode answer : call.get("responses")) {
                    assertThat(answer.path("description").asText())
                            .as(call.get("operationId").asText())
                            .isNotBlank()
                            .isNotEqualTo("default response");
                }
            }
        }
    }

    @Test
    void everyPath_isOnTheReferencePage() throws IOException {
        String page = Files.readString(Path.of("../../docs/api.md"));
        read(GENERATED)
                .get("paths")
                .fieldNames()
                .forEachRemaining(path -> assertThat(page).as("docs/api.md").contains("`" + path + "`"));
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
