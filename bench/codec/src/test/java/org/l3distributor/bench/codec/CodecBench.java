// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.codec.BgpDecoder;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.codec.Decoded;
import org.l3distributor.bgp.codec.UpdatePacker;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** 100,000 host routes per operation. Its name keeps it out of the ordinary test run; the README tells how to start it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CodecBench {
    private static final int ROUTES = 100_000;

    @Param({"192.0.2.99", "2001:db8::99"})
    public String nextHop;

    @Param({"false", "true"})
    public boolean extendedMessages;

    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(4 << 20);
    private final List<IpPrefix> routes = new ArrayList<>();
    private CodecOptions options;
    private UpdatePacker packer;
    private ByteBuf packed;

    @Setup
    public void prepare() {
        options = CodecOptions.BEFORE_OPEN
                .withFourOctetAs(true)
                .withExtendedMessages(extendedMessages)
                .withFamilies(Set.of(AfiSafi.IPV4_UNICAST, AfiSafi.IPV6_UNICAST));
        IpAddress hop = IpAddress.parse(nextHop);
        IpAddress base = hop.masked(16);
        for (int i = 0; i < ROUTES; i++) {
            routes.add(IpPrefix.host(new IpAddress(base.family(), base.high(), base.low() + i)));
        }
        PathAttributes attributes = PathAttributes.of(
                PathAttribute.Origin.IGP, PathAttribute.AsPath.sequence(List.of(new AsNumber(4200000000L))));
        packer = UpdatePacker.announcing(attributes, hop, options);
        packed = PooledByteBufAllocator.DEFAULT.directBuffer(4 << 20);
        packer.packAll(routes.iterator(), packed);
    }

    /** Announcements into a direct buffer. */
    @Benchmark
    public int pack() {
        return packer.packAll(routes.iterator(), out.clear());
    }

    /** The same routes as a peer would send them to us. */
    @Benchmark
    public int count() {
        int count = 0;
        int at = 0;
        while (at < packed.writerIndex()) {
            int length = packed.getUnsignedShort(at + 16);
            Decoded decoded = BgpDecoder.decode(packed.slice(at, length), options);
            count += ((Decoded.Update) decoded).update().announcedCount();
            at += length;
        }
        return count;
    }

    @Test
    void run() throws Exception {
        new Runner(new OptionsBuilder()
                        .include(CodecBench.class.getName())
                        .forks(1)
                        .jvmArgs("-XX:+UseSerialGC")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
