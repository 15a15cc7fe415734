// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

/**
 * How a router sees us.
 *
 * @param address ours
 * @param local the router's
 * @param as ours; the router's is 65000
 * @param password "" = unsigned
 * @param guarded GTSM with one hop
 * @param multihop not on its wire
 * @param connects true: the router connects to us
 */
record Neighbour(
        String address, String local, int as, String password, boolean guarded, boolean multihop, boolean connects) {
    static final int ROUTER_AS = 65000;
    static final Neighbour PLAIN = new Neighbour(Lab.SPEAKER4, Lab.ROUTER4, 64512, "", false, false, false);

    Neighbour signed(String key) {
        return new Neighbour(address, local, as, key, guarded, multihop, connects);
    }

    Neighbour guarded(boolean on) {
        return new Neighbour(address, local, as, password, on, multihop, connects);
    }

    Neighbour overIpv6() {
        return new Neighbour(Lab.SPEAKER6, Lab.ROUTER6, as, password, guarded, multihop, connects);
    }

    Neighbour internal() {
        return new Neighbour(address, local, ROUTER_AS, password, guarded, multihop, connects);
    }

    Neighbour betweenLoopbacks() {
        return new Neighbour(Lab.SPEAKER_LOOPBACK, Lab.ROUTER_LOOPBACK, as, password, guarded, true, connects);
    }

    Neighbour connecting() {
        return new Neighbour(address, local, as, password, guarded, multihop, true);
    }

    /** What our side is told, as SpeakerProcess takes it. */
    String ours(String password) {
        return "peer id=tor address=" + local + " local=" + address + " as=" + ROUTER_AS + " local-as=" + as
                + " router-id=10.10.0.2" + (password.isEmpty() ? "" : " md5=" + password) + (guarded ? " ttl=1" : "")
                + (connects ? " passive" : "");
    }
}
