// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.net.IpAddress;

/**
 * What a namespace should be.
 *
 * @param name its name below {@code /run/netns}
 * @param create whether it is made when it isn't there
 * @param vips addresses that {@code lo} carries
 * @param interfaces no two of the same name or MAC
 */
public record NamespaceDescription(
        String name, boolean create, Set<IpAddress> vips, List<InterfaceDescription> interfaces) {
    public NamespaceDescription {
        // The names that `ip netns` takes are file names; these are the ones that also need no quoting anywhere.
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            throw new IllegalArgumentException("not the name of a network namespace (1 to 64 letters, digits, '_', '-',"
                    + " '.', the first one a letter, digit or '_'): \"" + name + "\"");
        }
        vips = Set.copyOf(vips);
        interfaces = List.copyOf(interfaces);
    }

    public Optional<InterfaceDescription> frontEnd() {
        return interfaces.stream().filter(InterfaceDescription::isFrontEnd).findFirst();
    }
}
