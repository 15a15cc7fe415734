// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

/** The states of RFC 4271 section 8.2.2. */
public enum SessionState {
    IDLE("Idle"),
    CONNECT("Connect"),
    ACTIVE("Active"),
    OPEN_SENT("OpenSent"),
    OPEN_CONFIRM("OpenConfirm"),
    ESTABLISHED("Established");

    private final String rfcName;

    SessionState(String rfcName) {
        this.rfcName = rfcName;
    }

    /** The name as the RFC writes it. */
    public String rfcName() {
        return rfcName;
    }
}
