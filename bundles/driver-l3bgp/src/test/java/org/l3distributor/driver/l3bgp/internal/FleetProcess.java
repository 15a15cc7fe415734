// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fleet in a process of its own, which ends when its input does: {@code ready}, then an address a line; it answers
 * {@code connections}, {@code calls} and {@code hangup} with a number.
 */
final class FleetProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    final List<InetSocketAddress> members = new ArrayList<>();
    final List<InetSocketAddress> speakers = new ArrayList<>();

    FleetProcess(Path directory, int members, int speakers) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(members),
                        String.valueOf(speakers)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        for (int i = 0; i < members; i++) {
            this.members.add(address());
        }
        for (int i = 0; i < speakers; i++) {
            this.speakers.add(address());
        }
    }

    private InetSocketAddress address() throws IOException {
        String[] words = line().split(" ");
        return new InetSocketAddress(words[0], Integer.parseInt(words[1]));
    }

    private String line() throws IOException {
        return Optional.ofNullable(out.readLine()).orElseThrow(() -> new IOException("the fleet has ended"));
    }

    int ask(String what) throws IOException {
        process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return Integer.parseInt(line());
    }

    /** The fleet's side. */
    public static void main(String[] arguments) throws Exception {
        FleetPki pki = new FleetPki(Path.of(arguments[0]));
        try (Fleet fleet = new Fleet(pki, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            fleet.members.forEach(FleetProcess::tell);
            fleet.speakers.forEach(speaker -> tell(speaker.address()));
            for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
                if (asked.equals("hangup")) {
                    fleet.hangUp();
                }
                System.out.println(asked.equals("calls") ? fleet.calls() : fleet.connections());
            }
        }
    }

    private static void tell(InetSocketAddress address) {
        System.out.println(address.getAddress().getHostAddress() + " " + address.getPort());
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }
}
