// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.ArrayList;
import java.util.List;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.speaker.PeerSettings;

/**
 * The attributes of what is announced to a peer, all but the next hop. They are the same for every route and on every
 * member with the same AS number, for only routes that are alike fall into one ECMP group: ORIGIN IGP, no MED, and the
 * shortest AS path there is. The one that differs is there to weigh the members of the group, and isn't compared.
 */
final class ExportAttributes {
    /** RFC 4271 section 5.1.5; the usual default, so that iBGP routes of all members tie. */
    private static final long LOCAL_PREFERENCE = 100;

    private ExportAttributes() {}

    static PathAttributes of(PeerSettings peer) {
        if (peer.external()) {
            AsSegment own = new AsSegment(AsSegment.SEQUENCE, List.of(peer.localAs()));
            return PathAttributes.of(PathAttribute.Origin.IGP, new PathAttribute.AsPath(List.of(own)));
        }
        return PathAttributes.of(
                PathAttribute.Origin.IGP,
                new PathAttribute.AsPath(List.of()),
                new PathAttribute.LocalPref(LOCAL_PREFERENCE));
    }
    /** With what is said of one path. */
    static PathAttributes with(PathAttributes same, Path path) {
        ExtendedCommunity bandwidth = path.bandwidth();
        if (bandwidth == null) {
            return same;
        }
        List<PathAttribute> all = new ArrayList<>(same.list());
        all.add(new PathAttribute.ExtendedCommunities(List.of(bandwidth)));
        return new PathAttributes(all);
    }
}
