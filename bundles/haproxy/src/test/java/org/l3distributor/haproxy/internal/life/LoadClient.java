// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program of its own, since it must live in the namespace: asks {@code ADDRESS PORT} for a page, on a new connection
 * each time, with four threads, until its input ends or a minute has gone. Prints {@code ok=N failed=N first="..."}.
 */
final class LoadClient {
    private static final int THREADS = 4;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private LoadClient() {}

    public static void main(String[] words) throws Exception {
        InetSocketAddress target = new InetSocketAddress(words[0], Integer.parseInt(words[1]));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong ok = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        AtomicReference<String> first = new AtomicReference<>("");
        long end = System.nanoTime() + LONGEST_NANOS;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                while (!stop.get() && System.nanoTime() < end) {
                    String fault = ask(target);
                    (fault.isEmpty() ? ok : failed).incrementAndGet();
                    first.compareAndSet("", fault);
                }
            });
            thread.start();
            threads.add(thread);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // only its end matters
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("ok=" + ok + " failed=" + failed + " first=\"" + first + "\"");
    }

    /** Empty when a whole 200 came. */
    private static String ask(InetSocketAddress target) {
        try (Socket socket = new Socket()) {
            socket.connect(target, 5_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 200") && answer.endsWith("served\n") ? "" : "answer: " + answer;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
