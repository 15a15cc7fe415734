// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * What is asked for: a port on a network. Decides which subnet it lies in. Pure.
 *
 * @param subnetId null: whichever fits
 * @param wanted null: any address
 */
record Order(
        String portName,
        String networkId,
        @Nullable String subnetId,
        @Nullable IpAddress wanted,
        String owner) {

    /** @param subnets all of the network, in their order */
    Outcome<Subnet> subnet(List<Subnet> subnets) {
        if (subnets.isEmpty()) {
            return Outcome.refused(
                    Refusal.invalid("network_id", networkId, "there is no such network, or it has no subnet"));
        }
        Optional<Subnet> found = subnetId != null
                ? subnets.stream().filter(s -> s.id().equals(subnetId)).findFirst()
                : wanted != null
                        ? subnets.stream()
                                .filter(s -> s.cidr().contains(wanted))
                                .findFirst()
                        : Optional.of(subnets.stream()
                                .filter(s -> s.cidr().family() == AddressFamily.IPV4)
                                .findFirst()
                                .orElse(subnets.get(0)));
        if (found.isEmpty()) {
            return Outcome.refused(
                    subnetId != null
                            ? Refusal.invalid("subnet_id", subnetId, "there is no such subnet in network " + networkId)
                            : Refusal.invalid(
                                    "ip_address", String.valueOf(wanted), "is in no subnet of network " + networkId));
        }
        String fault = wanted == null ? null : Addresses.fault(found.get(), wanted);
        return fault == null
                ? Outcome.done(found.get())
                : Outcome.refused(Refusal.invalid("ip_address", String.valueOf(wanted), fault));
    }
}
