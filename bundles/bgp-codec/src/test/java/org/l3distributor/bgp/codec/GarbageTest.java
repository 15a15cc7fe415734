// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A route costs no object, neither one that comes in nor one that goes out. Measured in bytes allocated by this thread. */
final class GarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CodecOptions OPTIONS = Samples.FULL.withExtendedMessages(true);
    private static final PathAttributes ATTRIBUTES =
            PathAttributes.of(PathAttribute.Origin.IGP, PathAttribute.AsPath.sequence(List.of()));

    @Test
    void countingRoutes_allocatesTheSameForTenAndForThreeThousand() {
        for (String hop : List.of("192.0.2.9", "2001:db8::9")) {
            ByteBuf few = packed(hop, 10);
            ByteBuf many = packed(hop, 3000);

            assertThat(allocated(() -> BgpDecoder.decode(many, OPTIONS)))
                    .isLessThan(allocated(() -> BgpDecoder.decode(few, OPTIONS)) + 256);
        }
    }

    @Test
    void packingRoutes_allocatesTheSameForTenAndForThreeThousand() {
        for (String hop : List.of("192.0.2.9", "2001:db8::9")) {
            UpdatePacker packer = packer(hop);
            List<IpPrefix> few = hosts(hop, 10);
            List<IpPrefix> many = hosts(hop, 3000);
            ByteBuf out = Unpooled.buffer(1 << 18);

            assertThat(allocated(() -> packer.packAll(many.iterator(), out.clear())))
                    .isLessThan(allocated(() -> packer.packAll(few.iterator(), out.clear())) + 256);
        }
    }

    /** The least of several measurements, for the first ones load classes. */
    private static long allocated(Runnable action) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            action.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static ByteBuf packed(String hop, int count) {
        ByteBuf out = Unpooled.buffer();
        assertThat(packer(hop).packAll(hosts(hop, count).iterator(), out)).isEqualTo(1);
        InboundUpdate update = ((Decoded.Update) BgpDecoder.decode(out, OPTIONS)).update();
        assertThat(update.announcedCount()).isEqualTo(count);
        return out;
    }

    private static UpdatePacker packer(String hop) {
        return UpdatePacker.announcing(ATTRIBUTES, IpAddress.parse(hop), OPTIONS);
    }

    private static List<IpPrefix> hosts(String hop, int count) {
        IpAddress base = IpAddress.parse(hop);
        List<IpPrefix> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(IpPrefix.host(new IpAddress(base.family(), base.high(), base.low() + i)));
        }
        return hosts;
    }
}
