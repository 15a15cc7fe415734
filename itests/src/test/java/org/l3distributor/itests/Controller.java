// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Whoever tells an appliance by REST what to do. Plain Java, so that it runs inside the container, too. */
final class Controller {
    static final String AMPHORA = "0b9bb3f4-1b2c-4d5e-8f90-123456789abc";
    static final String NEXT_HOP = "192.0.2.10";

    /** What names a registration in a list. */
    private static final Pattern ROW = Pattern.compile(
            "(\"amphora_id\":\"[^\"]*\",)?\"vip_ip\":\"[^\"]*\",\"nexthop_ip\":\"[^\"]*\",\"peer_id\":(null|\"[^\"]*\")");

    private static final String BASE = "https://127.0.0.1:9443";

    /** The status and the body of an answer. */
    record Answer(int status, String body) {}

    private final HttpClient client;

    Controller(SSLContext tls) {
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    /** A call; an empty body is none. */
    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(BASE + path))
                .timeout(Duration.ofSeconds(15))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /** Unregisters all that is registered; says what that was. */
    String clear() throws IOException, InterruptedException {
        String amphorae = get("/1.0/distributor/amphorae").body();
        String vips = get("/1.0/distributor/vips").body();
        StringJoiner rows = new StringJoiner(",", "{\"registrations\": [", "]}");
        Matcher row = ROW.matcher(amphorae + vips);
        while (row.find()) {
            rows.add("{" + row.group().replace(",\"peer_id\":null", "") + "}");
        }
        call("POST", "/1.0/distributor/registrations/remove", rows.toString());
        return rows.toString();
    }

    Answer register(String vip) throws IOException, InterruptedException {
        return call("PUT", "/1.0/distributor/amphorae/" + AMPHORA, wish(vip, NEXT_HOP));
    }

    static String wish(String vip, String nextHop) {
        return "{\"vip_ip\": \"%s\", \"nexthop_ip\": \"%s\"}".formatted(vip, nextHop);
    }

    Answer unregister(String vip) throws IOException, InterruptedException {
        String query = "?vip_ip=" + vip + "&nexthop_ip=" + NEXT_HOP;
        return call("DELETE", "/1.0/distributor/amphorae/" + AMPHORA + query, "");
    }
}
