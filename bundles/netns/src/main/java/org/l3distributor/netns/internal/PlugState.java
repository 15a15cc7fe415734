// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.l3distributor.net.IpAddress;

/**
 * What is ours in one namespace: it is written down before the kernel is asked to add, and until the kernel was seen
 * to have removed. So whenever the process dies, the next one knows what it may remove.
 *
 * @param wanted plugged
 * @param leaving unplugged, but perhaps still in the kernel
 */
record PlugState(SortedSet<IpAddress> wanted, SortedSet<IpAddress> leaving) {
    PlugState {
        wanted = Collections.unmodifiableSortedSet(new TreeSet<>(wanted));
        leaving = Collections.unmodifiableSortedSet(new TreeSet<>(leaving));
    }

    static PlugState empty() {
        return new PlugState(Collections.emptySortedSet(), Collections.emptySortedSet());
    }

    PlugState plug(IpAddress vip) {
        return new PlugState(with(wanted, vip), without(leaving, Set.of(vip)));
    }

    PlugState unplug(IpAddress vip) {
        return wanted.contains(vip) ? new PlugState(without(wanted, Set.of(vip)), with(leaving, vip)) : this;
    }

    /** These were seen to be gone. */
    PlugState left(Set<IpAddress> gone) {
        return new PlugState(wanted, without(leaving, gone));
    }

    /** What may be removed from the kernel when it isn't wanted. */
    SortedSet<IpAddress> owned() {
        SortedSet<IpAddress> owned = new TreeSet<>(wanted);
        owned.addAll(leaving);
        return owned;
    }

    private static SortedSet<IpAddress> with(SortedSet<IpAddress> set, IpAddress vip) {
        SortedSet<IpAddress> result = new TreeSet<>(set);
        result.add(vip);
        return result;
    }

    private static SortedSet<IpAddress> without(SortedSet<IpAddress> set, Set<IpAddress> gone) {
        SortedSet<IpAddress> result = new TreeSet<>(set);
        result.removeAll(gone);
        return result;
    }
}
