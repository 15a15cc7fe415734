// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Whether a port answers, and how. Plain Java, and one client for all calls, so that tests which count threads may ask. */
final class Doors {
    private static HttpClient client;

    private Doors() {}

    private static synchronized HttpClient client() throws Exception {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .sslContext(Container.pki().controller())
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .executor(Executors.newFixedThreadPool(1, task -> new Thread(task, "doors")))
                    .build();
        }
        return client;
    }

    /** The status of an answer, "closed" where nobody listens, else what is wrong. */
    static String status(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(15))
                .build();
        try {
            return String.valueOf(
                    client().send(request, BodyHandlers.discarding()).statusCode());
        } catch (ConnectException e) {
            return "closed";
        } catch (IOException e) { // a port that is being closed: whoever waits asks again
            return e.toString();
        }
    }
}
