// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Lets peers connect to us: one listening socket per address family that has peers, each with the keys of its peers. */
final class Listener {
    private final EventLoop loop;
    private final Consumer<Channel> accepted;
    private final Map<AddressFamily, Channel> sockets = new EnumMap<>(AddressFamily.class);
    private int port;

    Listener(EventLoop loop, Consumer<Channel> accepted) {
        this.loop = loop;
        this.accepted = accepted;
    }

    void configure(SpeakerSettings settings) {
        if (settings.listenPort() != port) {
            close();
            port = settings.listenPort();
        }
        for (AddressFamily family : AddressFamily.values()) {
            List<PeerSettings> peers = settings.peers().stream()
                    .filter(p -> p.address().family() == family)
                    .toList();
            Channel socket = sockets.get(family);
            if (port == 0 || peers.isEmpty()) {
                close(sockets.remove(family));
            } else if (socket != null) {
                SocketOptions.keys(socket, peers);
            } else {
                open(family, peers);
            }
        }
    }

    private void open(AddressFamily family, List<PeerSettings> peers) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new EpollServerSocketChannel(TcpConnector.family(family)))
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpConnector.WATER_MARK)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new Arriving());
        SocketOptions.listening(bootstrap, family);
        InetAddress any = (family == AddressFamily.IPV4 ? IpAddress.v4(0) : IpAddress.v6(0, 0)).toInetAddress();
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(any, port));
        sockets.put(family, bound.channel());
        bound.addListener(done -> {
            if (done.isSuccess()) {
                SocketOptions.keys(bound.channel(), peers);
                SpeakerLog.listening(port, family);
            } else {
                sockets.remove(family, bound.channel());
                SpeakerLog.cannotListen(port, family, done.cause());
            }
        });
    }

    @io.netty.channel.ChannelHandler.Sharable
    private final class Arriving extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(io.netty.channel.ChannelHandlerContext context) {
            context.pipeline().remove(this);
            accepted.accept(context.channel());
        }
    }

    /** The port that is really listened on, for tests that let the kernel choose. */
    void close() {
        sockets.values().forEach(Listener::close);
        sockets.clear();
    }

    private static void close(@Nullable Channel socket) {
        if (socket != null) {
            socket.close();
        }
    }
}
