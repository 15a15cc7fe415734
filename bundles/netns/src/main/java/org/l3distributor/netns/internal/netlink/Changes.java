// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.AddAddress;
import org.l3distributor.netns.NetnsOperation.AddRoute;
import org.l3distributor.netns.NetnsOperation.AddRule;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.LinkUp;
import org.l3distributor.netns.NetnsOperation.OfInterface;
import org.l3distributor.netns.NetnsOperation.OfVip;
import org.l3distributor.netns.NetnsOperation.RemoveAddress;
import org.l3distributor.netns.NetnsOperation.RemoveRoute;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.Rename;
import org.l3distributor.netns.NetnsOperation.SetMtu;

/** Operations as requests through one socket of the namespace that is meant; each returns an errno, 0 when done. */
final class Changes {
    private static final int LO = ActualNamespace.LOOPBACK_INDEX;

    private Changes() {}

    static int apply(NetnsOperation operation, NetlinkSocket socket) {
        if (operation instanceof OfVip ofVip) {
            return apply(ofVip, socket);
        } else if (operation instanceof OfInterface ofInterface) {
            return apply(ofInterface, socket);
        }
        return socket.request(n -> NetlinkEncoder.linkUp(n, LO));
    }

    private static int apply(OfVip operation, NetlinkSocket socket) {
        IpAddress vip = operation.vip();
        LinkAddress onLo = new LinkAddress(LO, vip, vip.family().bits());
        if (operation instanceof AddVip) {
            return except(socket.request(n -> NetlinkEncoder.addAddress(n, onLo)), Errno.EEXIST);
        } else if (operation instanceof RemoveVip) {
            return except(socket.request(n -> NetlinkEncoder.removeAddress(n, onLo)), Errno.EADDRNOTAVAIL);
        } else if (operation instanceof AddRule) {
            return except(socket.request(n -> RouteEncoder.addRule(n, vip)), Errno.EEXIST);
        }
        return except(socket.request(n -> RouteEncoder.removeRule(n, vip)), Errno.ENOENT);
    }

    private static int apply(OfInterface operation, NetlinkSocket socket) {
        int link = operation.link();
        if (operation instanceof Rename rename) {
            // A kernel before 6.2 renames only what is down.
            int down = socket.request(n -> NetlinkEncoder.linkDown(n, link));
            return down != 0 ? down : socket.request(n -> NetlinkEncoder.rename(n, link, rename.name()));
        } else if (operation instanceof SetMtu set) {
            return socket.request(n -> NetlinkEncoder.setMtu(n, link, set.mtu()));
        } else if (operation instanceof LinkUp) {
            return socket.request(n -> NetlinkEncoder.linkUp(n, link));
        } else if (operation instanceof AddAddress add) {
            return socket.request(n -> NetlinkEncoder.addAddress(n, add.address()));
        } else if (operation instanceof RemoveAddress remove) {
            return except(socket.request(n -> NetlinkEncoder.removeAddress(n, remove.address())), Errno.EADDRNOTAVAIL);
        } else if (operation instanceof AddRoute add) {
            return socket.request(n -> RouteEncoder.addRoute(n, add.route(), add.replaces()));
        } else if (operation instanceof RemoveRoute remove) {
            return except(socket.request(n -> RouteEncoder.removeRoute(n, remove.route())), Errno.ESRCH);
        }
        throw new IllegalStateException("not an operation: " + operation);
    }

    private static int except(int errno, int harmless) {
        return errno == harmless ? 0 : errno;
    }
}
