// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/** No interface has this MAC, neither in the namespace nor in the process's own. It may still come. */
public final class NoSuchInterfaceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient MacAddress mac;

    public NoSuchInterfaceException(MacAddress mac, String namespace) {
        super("no interface has the MAC address " + mac + ", neither in " + namespace + " nor outside");
        this.mac = mac;
    }

    public MacAddress mac() {
        return mac;
    }
}
