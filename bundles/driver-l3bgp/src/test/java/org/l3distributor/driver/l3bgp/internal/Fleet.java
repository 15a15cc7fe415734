// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.net.IpAddress;

/**
 * Thousands of amphorae that serve a load balancer each, every one with an address of 127.0.0.0/8 and an identity of its
 * own behind mutual TLS, and some dedicated speakers. Connections stay open, as a real amphora's do.
 */
final class Fleet implements AutoCloseable {
    /** Members of a load balancer. */
    static final int MEMBERS = 4;

    /** Amphorae whose names are in one certificate: making each costs openssl some time. */
    private static final int SHARE = 40;

    final List<InetSocketAddress> members = new ArrayList<>();
    final List<SimulatedAmphora> speakers = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    Fleet(FleetPki pki, int members, int speakers) throws Exception {
        for (int from = 0; from < members; from += SHARE) {
            List<String> names = IntStream.range(from, Math.min(from + SHARE, members))
                    .mapToObj(Fleet::member)
                    .toList();
            SslContext tls = tls(pki, pki.certify("members", names));
            for (int i = from; i < from + names.size(); i++) {
                this.members.add(serve(i, tls));
            }
        }
        for (int i = 0; i < speakers; i++) {
            X509Certificate certificate = pki.certify("speaker", List.of(speaker(i)));
            this.speakers.add(new SimulatedAmphora(
                    speaker(i), pki.server(certificate), InetAddress.getByName("127.0.0.1"), 0, "tor1", "tor2"));
        }
    }

    static String member(int number) {
        return "a-" + number;
    }

    static String speaker(int number) {
        return "s-" + number;
    }

    /** The amphora of that number, as a member of a load balancer. */
    static Member member(int number, InetSocketAddress api) {
        return new Member(member(number), api, List.of(nextHop(number)), "rack" + number % MEMBERS);
    }

    static IpAddress nextHop(int member) {
        return IpAddress.v4(0x0A14_0000 + member);
    }

    static IpAddress vip(int balancer) {
        return IpAddress.v4(0xC612_0000 + balancer);
    }

    private static SslContext tls(FleetPki pki, X509Certificate certificate) throws Exception {
        return SslContextBuilder.forServer(pki.key(), certificate)
                .trustManager(pki.authority())
                .clientAuth(ClientAuth.REQUIRE)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.2", "TLSv1.3")
                .build();
    }

    private InetSocketAddress serve(int number, SslContext tls) throws Exception {
        byte[] address = {127, 1, (byte) (number >> 8), (byte) number};
        byte[] answer = answer(number);
        Channel channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        connections.incrementAndGet();
                        open.add(made);
                        made.pipeline().addLast(tls.newHandler(made.alloc()), new OwnVips(calls, answer));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getByAddress(address), 0))
                .sync()
                .channel();
        return (InetSocketAddress) channel.localAddress();
    }

    private static byte[] answer(int number) {
        String json = "{\"own_vips\":[{\"vip_ip\":\"" + vip(number / MEMBERS) + "\",\"nexthop_ip\":\""
                + nextHop(number) + "\",\"served\":true,\"reason\":\"served\",\"peers\":["
                + "{\"id\":\"tor1\",\"state\":\"announced\",\"written_at\":\"2026-01-02T03:04:05Z\",\"reason\":null},"
                + "{\"id\":\"tor2\",\"state\":\"announced\",\"written_at\":\"2026-01-02T03:04:05Z\",\"reason\":null}]}],"
                + "\"links\":[],\"next_marker\":null}";
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n";
        return (head + json).getBytes(StandardCharsets.US_ASCII);
    }

    /** Knows one call; every head of a request that ends is answered with it. */
    private static final class OwnVips extends SimpleChannelInboundHandler<ByteBuf> {
        private static final String CALL = "GET /1.0/distributor/own_vips HTTP/1.1\r\n";

        private final AtomicInteger calls;
        private final byte[] answer;
        private final StringBuilder read = new StringBuilder();

        OwnVips(AtomicInteger calls, byte[] answer) {
            this.calls = calls;
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            read.append(bytes.toString(StandardCharsets.US_ASCII));
            int end = read.indexOf("\r\n\r\n");
            while (end >= 0) {
                if (!read.toString().startsWith(CALL)) {
                    context.close();
                    return;
                }
                calls.incrementAndGet();
                read.delete(0, end + 4);
                context.writeAndFlush(Unpooled.wrappedBuffer(answer));
                end = read.indexOf("\r\n\r\n");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the caller's end went away
        }
    }

    /** Connections that were made to members since the beginning. */
    int connections() {
        return connections.get();
    }

    /** Calls that members answered since the beginning. */
    int calls() {
        return calls.get();
    }

    /** Ends all connections to members, as when they have been idle for too long. */
    void hangUp() throws InterruptedException {
        open.close().sync();
    }

    @Override
    public void close() {
        speakers.forEach(SimulatedAmphora::close);
        loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
