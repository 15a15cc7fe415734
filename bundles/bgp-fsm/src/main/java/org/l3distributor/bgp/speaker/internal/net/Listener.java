// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * Lets peers connect to us: one listening socket per address family that has peers, each with the keys of its peers. A port
 * that somebody else has is tried again until it is free. Used on its loop alone.
 */
final class Listener {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Consumer<Channel> accepted;
    private final Map<AddressFamily, Channel> sockets = new EnumMap<>(AddressFamily.class);
    private final Set<AddressFamily> failed = EnumSet.noneOf(AddressFamily.class);
    private SpeakerSettings settings = SpeakerSettings.NONE;
    private @Nullable ScheduledFuture<?> retry;

    Listener(EventLoop loop, Consumer<Channel> accepted) {
        this.loop = loop;
        this.accepted = accepted;
    }

    void configure(SpeakerSettings wanted) {
        if (wanted.listenPort() != settings.listenPort()) {
            close();
        }
        settings = wanted;
        for (AddressFamily family : AddressFamily.values()) {
            List<PeerSettings> peers = settings.peers().stream()
                    .filter(p -> p.address().family() == family)
                    .toList();
            Channel socket = sockets.get(family);
            if (settings.listenPort() == 0 || peers.isEmpty()) {
                close(sockets.remove(family));
            } else if (socket != null) {
                update(family, socket, peers);
            } else {
                open(family, peers);
            }
        }
    }

    /** What can't be guarded as it should be doesn't listen. */
    private void update(AddressFamily family, Channel socket, List<PeerSettings> peers) {
        try {
            SocketOptions.update(socket, family, peers);
        } catch (ChannelException e) {
            SpeakerLog.listenerLost(family, e);
            close(sockets.remove(family));
            tryAgain();
        }
    }

    private void open(AddressFamily family, List<PeerSettings> peers) {
        int port = settings.listenPort();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new EpollServerSocketChannel(TcpConnector.family(family)))
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpConnector.WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, TcpConnector.READ)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new Arriving());
        SocketOptions.listening(bootstrap, family, peers);
        InetAddress any = (family == AddressFamily.IPV4 ? IpAddress.v4(0) : IpAddress.v6(0, 0)).toInetAddress();
        ChannelFuture binding = bootstrap.bind(new InetSocketAddress(any, port));
        sockets.put(family, binding.channel());
        binding.addListener(done -> {
            if (done.isSuccess()) {
                failed.remove(family);
                SpeakerLog.listening(port, family);
            } else if (sockets.remove(family, binding.channel())) {
                if (failed.add(family)) { // said once, not at each of the attempts that follow
                    SpeakerLog.cannotListen(port, family, done.cause());
                }
                tryAgain();
            }
        });
    }

    private void tryAgain() {
        if (retry == null) {
            retry = loop.schedule(
                    () -> {
                        retry = null;
                        configure(settings);
                    },
                    RETRY.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @ChannelHandler.Sharable
    private final class Arriving extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.pipeline().remove(this);
            accepted.accept(context.channel());
        }
    }

    /** Lets nobody in any more, until it is configured again. */
    void close() {
        settings = SpeakerSettings.NONE;
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
        sockets.values().forEach(Listener::close);
        sockets.clear();
        failed.clear();
    }

    private static void close(@Nullable Channel socket) {
        if (socket != null) {
            ChannelFuture unused = socket.close();
        }
    }
}
