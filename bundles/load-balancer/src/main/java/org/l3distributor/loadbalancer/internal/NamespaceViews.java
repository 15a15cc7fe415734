// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.netns.InterfaceStatus;
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
                links(snapshot),
                snapshot.vips().stream().map(NamespaceViews::vip).toList(),
                snapshot.driftRepaired(),
                words(snapshot.error()));
    }

    private static List<NamespaceView.Link> links(NamespaceSnapshot snapshot) {
        Stream<NamespaceView.Link> there = snapshot.actual().links().stream().map(link -> link(link, snapshot));
        Stream<NamespaceView.Link> missing = snapshot.interfaces().stream()
                .filter(status -> status.link() == null)
                .map(status -> new NamespaceView.Link(
                        status.name(), false, false, status.mac().text(), null, List.of(), fault(status)));
        return Stream.concat(there, missing).toList();
    }

    private static NamespaceView.Link link(Link link, NamespaceSnapshot snapshot) {
        List<String> own = snapshot.actual().addresses().stream()
                .filter(address -> address.link() == link.index())
                .map(LinkAddress::toString)
                .toList();
        String fault = snapshot.interfaces().stream()
                .filter(status -> status.link() != null && status.link().index() == link.index())
                .findFirst()
                .map(NamespaceViews::fault)
                .orElse(null);
        return new NamespaceView.Link(link.name(), link.up(), link.carrier(), link.mac(), link.mtu(), own, fault);
    }

    private static @Nullable String fault(InterfaceStatus status) {
        return status.fault().orElse(null);
    }

    private static NamespaceView.Vip vip(VipStatus status) {
        return new NamespaceView.Vip(status.vip(), status.wanted(), status.onLo(), words(status.error()));
    }

    private static @Nullable String words(@Nullable NetnsException error) {
        return error == null ? null : error.getMessage();
    }
}
