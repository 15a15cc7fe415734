// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipStatus;

/** Tells a namespace in the words of the API. */
final class NamespaceViews {
    private NamespaceViews() {}

    static NamespaceView of(NamespaceSnapshot snapshot) {
        return new NamespaceView(
                snapshot.namespace(),
                snapshot.state().name().toLowerCase(Locale.ROOT),
                snapshot.since(),
                snapshot.actual().links().stream()
                        .map(link -> link(link, snapshot.actual().addresses()))
                        .toList(),
                snapshot.vips().stream().map(NamespaceViews::vip).toList(),
                snapshot.driftRepaired(),
                words(snapshot.error()));
    }

    private static NamespaceView.Link link(Link link, List<LinkAddress> addresses) {
        List<String> own = addresses.stream()
                .filter(address -> address.link() == link.index())
                .map(LinkAddress::toString)
                .toList();
        return new NamespaceView.Link(link.name(), link.up(), link.mac(), link.mtu(), own);
    }

    private static NamespaceView.Vip vip(VipStatus status) {
        return new NamespaceView.Vip(status.vip(), status.wanted(), status.onLo(), words(status.error()));
    }

    private static @Nullable String words(@Nullable NetnsException error) {
        return error == null ? null : error.getMessage();
    }
}
