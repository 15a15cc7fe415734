// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.function.Consumer;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Connects to a peer with everything set on the socket before the first packet. */
final class TcpConnector {
    /** A connection in the making. */
    interface Attempt {
        /** Nothing is heard of it any more. */
        void abort();
    }

    /** A wrong key or TTL shows as a timeout; a living peer on a management network answers within milliseconds. */
    private static final int CONNECT_TIMEOUT_MILLIS = 3000;

    /** Above a whole table of some ten thousand routes, so that it leaves in one go. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    /** What is read from one connection before the others have their turn: a peer that floods holds them up for a moment. */
    static final RecvByteBufAllocator READ =
            new AdaptiveRecvByteBufAllocator(64, 2048, 64 * 1024).maxMessagesPerRead(1);

    private final EventLoop loop;

    TcpConnector(EventLoop loop) {
        this.loop = loop;
    }

    /** Begins to connect; one of the two hears of the end, on the loop. */
    Attempt connect(PeerSettings settings, Consumer<Channel> made, Consumer<String> failed) {
        ChannelFuture connecting = begin(settings);
        boolean[] aborted = {false};
        connecting.addListener(done -> loop.execute(() -> {
            if (aborted[0]) {
                ChannelFuture unused = connecting.channel().close();
            } else if (done.isSuccess()) {
                made.accept(connecting.channel());
            } else {
                failed.accept(explain(done.cause(), settings));
            }
        }));
        return () -> {
            aborted[0] = true;
            ChannelFuture unused = connecting.channel().close();
        };
    }

    private ChannelFuture begin(PeerSettings settings) {
        AddressFamily family = settings.address().family();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> new EpollSocketChannel(family(family)))
                .handler(new ChannelInboundHandlerAdapter())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.RECVBUF_ALLOCATOR, READ)
                // nothing is read before the connection has its handler: see PeerLoop.arrive
                .option(ChannelOption.AUTO_READ, false);
        SocketOptions.outgoing(bootstrap, settings);
        IpAddress local = settings.localAddress();
        if (local != null) {
            bootstrap.localAddress(new InetSocketAddress(local.toInetAddress(), 0));
        }
        return bootstrap.connect(new InetSocketAddress(settings.address().toInetAddress(), settings.port()));
    }

    static SocketProtocolFamily family(AddressFamily family) {
        return family == AddressFamily.IPV4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    static String explain(Throwable cause, PeerSettings settings) {
        String text = "connect to " + settings.address() + " port " + settings.port() + ": " + reason(cause, settings);
        boolean guarded = settings.md5Password() != null || settings.ttlHops() != null;
        return guarded && cause instanceof io.netty.channel.ConnectTimeoutException
                ? text + " (a wrong MD5 password or TTL looks like this, too)"
                : text;
    }

    /** Netty says nothing of a missing route but "null", and has its own call before the kernel's words, the address behind them. */
    private static String reason(Throwable cause, PeerSettings settings) {
        if (cause instanceof NoRouteToHostException) {
            return "no route to it";
        }
        String message = String.valueOf(cause.getMessage());
        String address = ": " + new InetSocketAddress(settings.address().toInetAddress(), settings.port());
        String words = message.endsWith(address) ? message.substring(0, message.length() - address.length()) : message;
        return words.replaceFirst("^\\S+ failed with error\\(-?\\d+\\): ", "");
    }
}
