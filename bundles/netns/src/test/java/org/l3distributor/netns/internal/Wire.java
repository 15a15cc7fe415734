// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.l3distributor.netns.MacAddress;

/**
 * A wire whose one end lies, without an address, in the process's own namespace, as Nova plugs one in, and whose other
 * end is {@code far} in a namespace of the test's own. Nothing is ever sent in the process's namespace: the end there
 * is down until it is moved.
 */
final class Wire implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final NetnsFixture far = new NetnsFixture();
    final MacAddress mac;
    private final String near;

    Wire() throws IOException, InterruptedException {
        int number = COUNT.incrementAndGet();
        int pid = (int) ProcessHandle.current().pid();
        near = "l3d" + pid + "n" + number;
        mac = MacAddress.parse(String.format("fa:16:3e:%02x:%02x:%02x", pid >> 8 & 0xFF, pid & 0xFF, number & 0xFF));
        far.ip("netns", "add", far.name);
        far.inside("link", "set", "lo", "up");
    }

    /** Plugs it in. */
    Wire plugIn() throws IOException, InterruptedException {
        far.ip("link", "add", near, "address", mac.text(), "type", "veth", "peer", "name", "far", "netns", far.name);
        far.inside("link", "set", "far", "up");
        return this;
    }

    /** Pulls it out: both ends vanish. */
    void pull() throws IOException, InterruptedException {
        far.inside("link", "del", "far");
    }

    /**
     * Waits until the far end is gone too. The kernel takes a namespace apart in the background: a wire into it is
     * there for a while after {@code ip netns del} has answered.
     */
    void awaitPulled() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (far.inside("-o", "link", "show").contains(": far@")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the wire's far end is still there");
            }
            Thread.sleep(5);
        }
    }

    /** A shell at the far end. */
    String shell(String script) throws IOException, InterruptedException {
        return NetnsFixture.run(java.util.List.of("ip", "netns", "exec", far.name, "bash", "-c", script));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (far.ip("-o", "link", "show").contains(": " + near + "@")) {
            far.ip("link", "del", near);
        }
        far.close();
    }
}
