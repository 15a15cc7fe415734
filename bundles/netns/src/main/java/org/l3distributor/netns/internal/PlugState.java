// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.Owned;

/**
 * What is ours in one namespace: it is written down before the kernel is asked to add, and until the kernel was seen
 * to have removed. So whenever the process dies, the next one knows what it may remove.
 *
 * @param wanted plugged
 * @param leaving unplugged, but perhaps still in the kernel
 * @param interfaces plugged
 * @param leavingAddresses of interfaces, no longer wanted but perhaps still in the kernel
 */
record PlugState(
        SortedSet<IpAddress> wanted,
        SortedSet<IpAddress> leaving,
        SortedMap<MacAddress, InterfaceDescription> interfaces,
        Set<Owned.Address> leavingAddresses) {
    PlugState {
        wanted = Collections.unmodifiableSortedSet(new TreeSet<>(wanted));
        leaving = Collections.unmodifiableSortedSet(new TreeSet<>(leaving));
        interfaces = Collections.unmodifiableSortedMap(new TreeMap<>(interfaces));
        leavingAddresses = Set.copyOf(leavingAddresses);
    }

    static PlugState empty() {
        return new PlugState(
                Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedMap(), Set.of());
    }

    PlugState plug(IpAddress vip) {
        return withVips(with(wanted, vip), without(leaving, Set.of(vip)));
    }

    PlugState unplug(IpAddress vip) {
        return wanted.contains(vip) ? withVips(without(wanted, Set.of(vip)), with(leaving, vip)) : this;
    }

    private PlugState withVips(SortedSet<IpAddress> nowWanted, SortedSet<IpAddress> nowLeaving) {
        return new PlugState(nowWanted, nowLeaving, interfaces, leavingAddresses);
    }

    /** Plugs an interface, or describes one anew. */
    PlugState plug(InterfaceDescription description) {
        SortedMap<MacAddress, InterfaceDescription> next = new TreeMap<>(interfaces);
        next.put(description.mac(), description);
        return withInterfaces(next);
    }

    PlugState unplug(MacAddress mac) {
        SortedMap<MacAddress, InterfaceDescription> next = new TreeMap<>(interfaces);
        next.remove(mac);
        return withInterfaces(next);
    }

    private PlugState withInterfaces(SortedMap<MacAddress, InterfaceDescription> next) {
        Set<Owned.Address> left = new HashSet<>(leavingAddresses);
        left.addAll(addresses(interfaces.values()));
        left.removeAll(addresses(next.values()));
        return new PlugState(wanted, leaving, next, left);
    }

    /** As read from disk: this address may still have to be removed. */
    PlugState withLeaving(Owned.Address address) {
        Set<Owned.Address> left = new HashSet<>(leavingAddresses);
        left.add(address);
        return new PlugState(wanted, leaving, interfaces, left);
    }

    /** These were seen to be gone. */
    PlugState left(Set<IpAddress> vips, Set<Owned.Address> addresses) {
        Set<Owned.Address> left = new HashSet<>(leavingAddresses);
        left.removeAll(addresses);
        return new PlugState(wanted, without(leaving, vips), interfaces, left);
    }

    /** What may be removed from the kernel when it isn't wanted. */
    Owned owned() {
        Set<Owned.Address> addresses = new HashSet<>(leavingAddresses);
        addresses.addAll(addresses(interfaces.values()));
        return new Owned(ownedVips(), addresses);
    }

    SortedSet<IpAddress> ownedVips() {
        SortedSet<IpAddress> vips = new TreeSet<>(wanted);
        vips.addAll(leaving);
        return vips;
    }

    private static List<Owned.Address> addresses(Collection<InterfaceDescription> descriptions) {
        return descriptions.stream()
                .flatMap(one -> one.addresses(0).stream().map(address -> owned(one.mac(), address)))
                .toList();
    }

    static Owned.Address owned(MacAddress mac, LinkAddress address) {
        return new Owned.Address(mac, address.address(), address.prefixLength());
    }

    boolean isEmpty() {
        return equals(empty());
    }

    /** Whether anything should be there. */
    boolean wantsAnything() {
        return !wanted.isEmpty() || !interfaces.isEmpty();
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
