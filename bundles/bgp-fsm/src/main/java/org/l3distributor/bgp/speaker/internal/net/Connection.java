// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.l3distributor.bgp.codec.AttributeFault;
import org.l3distributor.bgp.codec.BgpDecoder;
import org.l3distributor.bgp.codec.BgpEncoder;
import org.l3distributor.bgp.codec.BgpHeader;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.codec.Decoded;
import org.l3distributor.bgp.codec.HeaderCheck;
import org.l3distributor.bgp.codec.InboundUpdate;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.speaker.internal.fsm.SessionEvent;
import org.l3distributor.bgp.speaker.internal.fsm.SessionTimer;
import org.l3distributor.bgp.speaker.internal.fsm.Side;
import org.l3distributor.bgp.speaker.internal.rib.AdjRibOut;
import org.l3distributor.bgp.speaker.internal.rib.Batch;

/** One TCP connection: bytes to events, effects to bytes and timers. It decides nothing. */
final class Connection extends ByteToMessageDecoder {
    private static final Duration LINGER = Duration.ofSeconds(1);
    /** RFC 4271 section 4.4: no more often than this. */
    private static final Duration LEAST_KEEPALIVE = Duration.ofSeconds(1);

    private final PeerLoop peer;
    private final Side side;
    private final Channel channel;
    private final Map<SessionTimer, LazyTimer> timers = new EnumMap<>(SessionTimer.class);
    private CodecOptions options = CodecOptions.BEFORE_OPEN;
    private int unwritten;
    private boolean blocked;
    private boolean over;

    Connection(PeerLoop peer, Side side, Channel channel) {
        this.peer = peer;
        this.side = side;
        this.channel = channel;
        for (SessionTimer timer : SessionTimer.values()) {
            timers.put(timer, new LazyTimer(channel.eventLoop(), () -> tell(new SessionEvent.TimerExpired(timer))));
        }
    }

    Channel channel() {
        return channel;
    }

    private void tell(SessionEvent event) {
        if (!over) {
            peer.happened(this, side, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int before = in.readerIndex();
        while (!over) {
            HeaderCheck check = BgpHeader.check(in, options);
            if (check instanceof ProtocolError error) {
                tell(new SessionEvent.FaultReceived(error));
            } else if (check instanceof BgpHeader header && in.readableBytes() >= header.length()) {
                take(header.type(), BgpDecoder.decode(in.readSlice(header.length()), options));
            } else {
                break;
            }
        }
        peer.view().counters().add(Counters.Name.BYTES_RECEIVED, in.readerIndex() - before);
        if (over) {
            in.skipBytes(in.readableBytes()); // what follows an error means nothing any more
        }
    }

    private void take(MessageType type, Decoded decoded) {
        peer.view().counters().received(type);
        if (decoded instanceof Decoded.Update update) {
            count(update.update());
            tell(new SessionEvent.UpdateReceived());
        } else if (decoded instanceof ProtocolError error) {
            tell(new SessionEvent.FaultReceived(error));
        } else if (decoded instanceof Decoded.Message message) {
            tell(event(message.message()));
        }
    }

    private static SessionEvent event(BgpMessage message) {
        if (message instanceof OpenMessage open) {
            return new SessionEvent.OpenReceived(open);
        } else if (message instanceof NotificationMessage notification) {
            return new SessionEvent.NotificationReceived(notification);
        } else if (message instanceof RouteRefreshMessage refresh) {
            return new SessionEvent.RefreshReceived(refresh);
        } else if (message instanceof KeepaliveMessage) {
            return new SessionEvent.KeepaliveReceived();
        }
        throw new IllegalStateException("an UPDATE is judged, never read in full: " + message);
    }

    private void count(InboundUpdate update) {
        peer.view().counters().add(Counters.Name.ROUTES_RECEIVED, update.announcedCount());
        peer.view().counters().add(Counters.Name.ROUTES_WITHDRAWN_BY_PEER, update.withdrawnCount());
        if (!update.faults().isEmpty()) {
            AttributeFault first = update.faults().get(0);
            peer.view().malformed(update.treatment().name(), first.reason());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            peer.pump();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        tell(new SessionEvent.ConnectionLost("the connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            tell(new SessionEvent.ConnectionLost(String.valueOf(cause.getMessage())));
        } else {
            SpeakerLog.bug("connection of peer " + peer.id(), cause);
            tell(new SessionEvent.ConnectionLost("internal error: " + cause));
        }
        shut();
    }

    void send(BgpMessage message) {
        ByteBuf bytes = channel.alloc().directBuffer(256);
        BgpEncoder.encode(message, options, bytes);
        peer.view().counters().sent(message.type(), 1);
        peer.view().counters().add(Counters.Name.BYTES_SENT, bytes.readableBytes());
        ChannelFuture unused = watch(channel.write(bytes));
    }

    private ChannelFuture watch(ChannelFuture write) {
        unwritten++;
        return write.addListener(done -> {
            unwritten--;
            if (done.isSuccess() && blocked) {
                blocked = unwritten > 0;
                tell(blocked ? new SessionEvent.SendBlocked() : new SessionEvent.SendResumed());
            }
        });
    }

    /** Whatever waits starts the SendHoldTimer, also the little that a buffer would hold for hours (RFC 9687). */
    private void noteBlocked() {
        if (unwritten > 0 && !blocked) {
            blocked = true;
            tell(new SessionEvent.SendBlocked());
        }
    }

    /** Hands out routes while the socket takes them; what is left follows when it does again. */
    void pump(AdjRibOut rib) {
        while (!over && channel.isWritable()) {
            Batch batch = rib.next(channel.alloc());
            if (batch == null) {
                break;
            }
            peer.view().counters().sent(MessageType.UPDATE, batch.updates());
            peer.view().counters().sent(MessageType.ROUTE_REFRESH, batch.refreshes());
            peer.view().counters().add(Counters.Name.BYTES_SENT, batch.bytes().readableBytes());
            watch(channel.writeAndFlush(batch.bytes())).addListener(future -> {
                if (future.isSuccess()) {
                    rib.written(batch.number(), Instant.now());
                    peer.countRoutes();
                }
            });
        }
        noteBlocked();
    }

    void flush() {
        channel.flush();
        noteBlocked();
    }

    void agreed(CodecOptions negotiated) {
        options = negotiated;
    }

    void arm(SessionTimer timer, Duration duration) {
        timer(timer).arm(timer == SessionTimer.KEEPALIVE ? keepalive(duration) : duration);
    }

    /** RFC 4271 section 10, but never below what section 4.4 allows. */
    private Duration keepalive(Duration interval) {
        Duration jittered = peer.jitter(interval);
        return jittered.compareTo(LEAST_KEEPALIVE) < 0 ? LEAST_KEEPALIVE : jittered;
    }

    void disarm(SessionTimer timer) {
        timer(timer).disarm();
    }

    private LazyTimer timer(SessionTimer timer) {
        LazyTimer found = timers.get(timer);
        if (found == null) {
            throw new IllegalStateException("no timer " + timer);
        }
        return found;
    }

    /** It is not wanted: nothing is said, and nothing is heard any more. */
    void refuse() {
        over = true;
        shut();
    }

    /**
     * Says no more when all that was sent is written, and lets go when the peer has, at the latest after a moment. To close
     * at once would reset the connection where the peer has said something that was not read yet, and a reset may overtake
     * our last words.
     */
    void close() {
        over = true;
        timers.values().forEach(LazyTimer::disarm);
        // What fails here fails because the connection is gone already.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            ChannelFuture unused = ((DuplexChannel) channel).shutdownOutput();
        });
        Future<?> unused = channel.eventLoop().schedule(this::shut, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nobody asks how it went: the channel is given up in any case. */
    private void shut() {
        ChannelFuture unused = channel.close();
    }
}
