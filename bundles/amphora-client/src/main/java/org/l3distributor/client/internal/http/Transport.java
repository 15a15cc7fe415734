// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.internal.tls.Identities;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * Makes single attempts, over one HTTP client and its one selector thread for all amphorae. A new HTTP client is made when
 * this side's certificate changes, and when another amphora is expected at an address: the old one's connections and TLS
 * sessions were checked against the amphora before.
 */
public final class Transport {
    private final ClientTls tls;
    private final Executor executor;
    private final Duration connectTimeout;
    private Current current; // under this object's lock

    private record Current(HttpClient client, Identities identities, String stamp) {}

    /**
     * @param executor runs handshakes and what follows an answer
     * @throws IOException when the certificate or the authority can't be used
     */
    public Transport(ClientTls tls, Executor executor, Duration connectTimeout) throws IOException {
        this.tls = tls;
        this.executor = executor;
        this.connectTimeout = connectTimeout;
        current = make();
    }

    private Current make() throws IOException {
        String stamp = tls.stamp(); // before the files are read: what is written meanwhile is then seen the next time
        Identities identities = new Identities();
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .sslContext(tls.context(identities))
                .sslParameters(parameters)
                .executor(executor)
                .build();
        return new Current(client, identities, stamp);
    }

    /**
     * Reads the files again if they have changed.
     *
     * @return true when they were taken
     * @throws IOException when what they hold now can't be used; what was read before stays in use
     */
    public synchronized boolean renew() throws IOException {
        if (tls.stamp().equals(current.stamp)) {
            return false;
        }
        current = make();
        return true;
    }

    /** One attempt. The stage never completes exceptionally, and not later than the limit. */
    public CompletableFuture<Answer> attempt(AmphoraEndpoint endpoint, Request request, Duration limit) {
        try {
            CompletableFuture<HttpResponse<byte[]>> exchange =
                    client(endpoint).sendAsync(http(endpoint.address(), request, limit), head -> new BoundedBody());
            // The JDK's own limit ends with the head of the answer; this one is for the whole of it.
            // And what follows runs on our threads, not on the JDK's one thread of timers.
            return exchange.copy()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .handleAsync(
                            (response, thrown) -> {
                                exchange.cancel(true);
                                return response == null
                                        ? none(thrown)
                                        : new Answer.Whole(response.statusCode(), response.body());
                            },
                            executor);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new Answer.None(String.valueOf(e.getMessage()), false, true));
        }
    }

    /** One at a time: who sees the new amphora at an address must see the new client, too. */
    private synchronized HttpClient client(AmphoraEndpoint endpoint) throws IOException {
        if (!current.identities.expect(endpoint.address(), endpoint.amphoraId())) {
            current = make();
            current.identities.expect(endpoint.address(), endpoint.amphoraId());
        }
        return current.client;
    }

    private static HttpRequest http(InetSocketAddress address, Request request, Duration limit) {
        IpAddress ip = IpAddress.of(address.getAddress());
        String host = ip.family() == AddressFamily.IPV6 ? "[" + ip + "]" : ip.toString();
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create("https://" + host + ":" + address.getPort() + request.path()))
                .timeout(limit)
                .header("Accept", "application/json");
        byte[] body = request.body();
        if (body == null) {
            return builder.method(request.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return builder.header("Content-Type", request.type())
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static Answer none(@Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof BoundedBody.TooLong) {
                return new Answer.None(String.valueOf(one.getMessage()), true, true);
            }
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new Answer.None("no connection: timed out", false, false);
        }
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return new Answer.None("no answer: timed out", true, false);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return new Answer.None("no connection: " + deepest(cause), false, false);
        }
        if (cause instanceof SSLHandshakeException) {
            return new Answer.None("the TLS handshake failed: " + deepest(cause), false, true);
        }
        if (cause instanceof SSLException) {
            // With TLS 1.3 this side has finished its handshake before the other side refuses its certificate.
            return new Answer.None("the TLS connection failed: " + deepest(cause), true, false);
        }
        return new Answer.None("the connection broke: " + deepest(cause), true, false);
    }

    private static String deepest(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && cause.getCause() != null && depth < 10; depth++) {
            cause = cause.getCause();
        }
        return cause == null ? "unknown" : cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
