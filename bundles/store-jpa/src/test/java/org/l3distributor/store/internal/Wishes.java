// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Registrations for tests. */
final class Wishes {
    static final Owner AMPHORA = new Owner.Amphora("0b9bb3f4-1b2c-4d5e-8f90-123456789abc");
    private static final IpAddress NEXT_HOP = IpAddress.parse("192.0.2.10");
    private static final int TEN_NET = 10 << 24;

    private Wishes() {}

    static Registration of(Owner owner, String vip, String nextHop, @Nullable String peer) {
        return new Registration(
                owner, IpAddress.parse(vip), IpAddress.parse(nextHop), peer == null ? null : new PeerId(peer));
    }

    /** The i-th of a series that differs in its VIP. */
    static Registration nth(int i) {
        return new Registration(AMPHORA, IpAddress.v4(TEN_NET + i), NEXT_HOP, null);
    }

    static List<Registration> first(int count) {
        return IntStream.range(0, count).mapToObj(Wishes::nth).toList();
    }
}
