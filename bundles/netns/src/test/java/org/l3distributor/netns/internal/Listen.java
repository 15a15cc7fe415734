// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Listens on a port of some addresses until its standard input ends; to be run in another namespace. */
final class Listen {
    private Listen() {}

    public static void main(String[] arguments) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            sockets.add(new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getByName(arguments[i])));
        }
        System.out.println("listening");
        int ended = System.in.read();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        System.exit(ended < 0 ? 0 : 1);
    }
}
