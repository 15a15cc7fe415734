// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whoever calls the controller's API, on its host. */
final class CloudUser {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A status and what came with it; null without a body. */
    record Answer(int status, JsonNode body) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ControllerFiles.URL + path))
                .timeout(Duration.ofSeconds(15))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body().isEmpty() ? null : JSON.readTree(answer.body()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        Answer answer = call("GET", path, "");
        if (answer.status() != 200) {
            throw new AssertionError("GET " + path + ": " + answer);
        }
        return answer.body();
    }

    /** Makes something; gives what it is called by. */
    String create(String path, String kind, String fields) throws IOException, InterruptedException {
        Answer answer = call("POST", path, "{\"" + kind + "\": {" + fields + "}}");
        if (answer.status() != 201) {
            throw new AssertionError("POST " + path + " " + fields + ": " + answer);
        }
        return answer.body().get(kind).get("id").asText();
    }

    /** What Octavia calls its state; "GONE" when it isn't there. */
    String provisioning(String loadBalancer) throws IOException, InterruptedException {
        Answer answer = call("GET", "/v2.0/lbaas/loadbalancers/" + loadBalancer, "");
        if (answer.status() != 200 && answer.status() != 404) {
            throw new AssertionError("GET load balancer " + loadBalancer + ": " + answer);
        }
        return answer.status() == 404
                ? "GONE"
                : answer.body().at("/loadbalancer/provisioning_status").asText();
    }
}
