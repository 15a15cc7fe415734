// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.internal.netlink.LinuxKernel;

/** Plugs one VIP and prints what came of it; to be run as a process that lacks a privilege. */
final class PlugWithout {
    private PlugWithout() {}

    public static void main(String[] arguments) {
        Plumber.Settings settings = new Plumber.Settings(arguments[0], true, Path.of(arguments[1]));
        try (Plumber plumber = new Plumber(settings, LinuxKernel::new, Clock.systemUTC())) {
            String answer = plumber.plug(arguments[0], IpAddress.parse(arguments[2]))
                    .handle((snapshot, fault) -> fault == null ? "done" : fault.toString())
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            System.out.println(answer);
            System.out.println(plumber.snapshot(arguments[0]).state());
        }
    }
}
