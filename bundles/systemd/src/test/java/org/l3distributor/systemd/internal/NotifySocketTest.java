// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a datagram socket of the kernel in systemd's place. */
class NotifySocketTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void loadNatives() {
        Epoll.ensureAvailability();
    }

    @Test
    void everyState_arrivesAsOneDatagram() throws IOException {
        Path path = folder.resolve("notify");
        Socket manager = bound(path.toString());
        try (NotifySocket socket = new NotifySocket(path.toString())) {
            socket.send("READY=1\nSTATUS=up");
            socket.send("WATCHDOG=1");

            assertThat(received(manager)).isEqualTo("READY=1\nSTATUS=up");
            assertThat(received(manager)).isEqualTo("WATCHDOG=1");
        } finally {
            manager.close();
        }
    }

    @Test
    void abstractAddress_isWrittenWithAnAtSign() throws IOException {
        String name = "l3d-test-" + ProcessHandle.current().pid();
        Socket manager = bound("\0" + name);
        try (NotifySocket socket = new NotifySocket("@" + name)) {
            socket.send("READY=1");

            assertThat(received(manager)).isEqualTo("READY=1");
        } finally {
            manager.close();
        }
    }

    @Test
    void socketThatIsGone_failsWithTheReason_andWorksWhenItIsBack() throws IOException {
        Path path = folder.resolve("notify");
        try (NotifySocket socket = new NotifySocket(path.toString())) {
            assertThatThrownBy(() -> socket.send("READY=1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("FileNotFound")
                    .hasMessageContaining(path.toString());

            Socket manager = bound(path.toString());
            socket.send("READY=1");
            assertThat(received(manager)).isEqualTo("READY=1");
            manager.close();
        }
    }

    @Test
    void managerThatDoesNotRead_isReportedAndNotWaitedFor() throws IOException {
        Path path = folder.resolve("notify");
        Socket manager = bound(path.toString());
        try (NotifySocket socket = new NotifySocket(path.toString())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            socket.send("WATCHDOG=1");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("its queue is full");
        } finally {
            manager.close();
        }
    }

    private static Socket bound(String path) throws IOException {
        Socket socket = Socket.newSocketDomainDgram();
        socket.bind(new DomainSocketAddress(path));
        return socket;
    }

    private static String received(Socket socket) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(4096);
        int length = socket.recv(datagram, 0, datagram.capacity());
        byte[] bytes = new byte[length];
        datagram.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
