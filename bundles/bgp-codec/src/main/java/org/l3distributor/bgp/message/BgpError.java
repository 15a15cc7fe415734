// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.Optional;

/** The assigned pairs of error code and subcode of a NOTIFICATION. */
public enum BgpError {
    MESSAGE_HEADER_ERROR(1, 0, "Message Header Error"),
    CONNECTION_NOT_SYNCHRONIZED(1, 1, "Message Header Error/Connection Not Synchronized"),
    BAD_MESSAGE_LENGTH(1, 2, "Message Header Error/Bad Message Length"),
    BAD_MESSAGE_TYPE(1, 3, "Message Header Error/Bad Message Type"),
    OPEN_MESSAGE_ERROR(2, 0, "OPEN Message Error"),
    UNSUPPORTED_VERSION(2, 1, "OPEN Message Error/Unsupported Version Number"),
    BAD_PEER_AS(2, 2, "OPEN Message Error/Bad Peer AS"),
    BAD_BGP_IDENTIFIER(2, 3, "OPEN Message Error/Bad BGP Identifier"),
    UNSUPPORTED_OPTIONAL_PARAMETER(2, 4, "OPEN Message Error/Unsupported Optional Parameter"),
    UNACCEPTABLE_HOLD_TIME(2, 6, "OPEN Message Error/Unacceptable Hold Time"),
    UNSUPPORTED_CAPABILITY(2, 7, "OPEN Message Error/Unsupported Capability"),
    ROLE_MISMATCH(2, 11, "OPEN Message Error/Role Mismatch"),
    UPDATE_MESSAGE_ERROR(3, 0, "UPDATE Message Error"),
    MALFORMED_ATTRIBUTE_LIST(3, 1, "UPDATE Message Error/Malformed Attribute List"),
    UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE(3, 2, "UPDATE Message Error/Unrecognized Well-known Attribute"),
    MISSING_WELL_KNOWN_ATTRIBUTE(3, 3, "UPDATE Message Error/Missing Well-known Attribute"),
    ATTRIBUTE_FLAGS_ERROR(3, 4, "UPDATE Message Error/Attribute Flags Error"),
    ATTRIBUTE_LENGTH_ERROR(3, 5, "UPDATE Message Error/Attribute Length Error"),
    INVALID_ORIGIN(3, 6, "UPDATE Message Error/Invalid ORIGIN Attribute"),
    INVALID_NEXT_HOP(3, 8, "UPDATE Message Error/Invalid NEXT_HOP Attribute"),
    OPTIONAL_ATTRIBUTE_ERROR(3, 9, "UPDATE Message Error/Optional Attribute Error"),
    INVALID_NETWORK_FIELD(3, 10, "UPDATE Message Error/Invalid Network Field"),
    MALFORMED_AS_PATH(3, 11, "UPDATE Message Error/Malformed AS_PATH"),
    HOLD_TIMER_EXPIRED(4, 0, "Hold Timer Expired"),
    FSM_ERROR(5, 0, "Finite State Machine Error"),
    UNEXPECTED_MESSAGE_IN_OPEN_SENT(5, 1, "Finite State Machine Error/Unexpected Message in OpenSent State"),
    UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM(5, 2, "Finite State Machine Error/Unexpected Message in OpenConfirm State"),
    UNEXPECTED_MESSAGE_IN_ESTABLISHED(5, 3, "Finite State Machine Error/Unexpected Message in Established State"),
    CEASE(6, 0, "Cease"),
    MAXIMUM_PREFIXES_REACHED(6, 1, "Cease/Maximum Number of Prefixes Reached"),
    ADMINISTRATIVE_SHUTDOWN(6, 2, "Cease/Administrative Shutdown"),
    PEER_DECONFIGURED(6, 3, "Cease/Peer De-configured"),
    ADMINISTRATIVE_RESET(6, 4, "Cease/Administrative Reset"),
    CONNECTION_REJECTED(6, 5, "Cease/Connection Rejected"),
    OTHER_CONFIGURATION_CHANGE(6, 6, "Cease/Other Configuration Change"),
    CONNECTION_COLLISION_RESOLUTION(6, 7, "Cease/Connection Collision Resolution"),
    OUT_OF_RESOURCES(6, 8, "Cease/Out of Resources"),
    HARD_RESET(6, 9, "Cease/Hard Reset"),
    BFD_DOWN(6, 10, "Cease/BFD Down"),
    ROUTE_REFRESH_ERROR(7, 0, "ROUTE-REFRESH Message Error"),
    ROUTE_REFRESH_INVALID_LENGTH(7, 1, "ROUTE-REFRESH Message Error/Invalid Message Length"),
    SEND_HOLD_TIMER_EXPIRED(8, 0, "Send Hold Timer Expired");

    private static final String[] CODES = {
        "",
        "Message Header Error",
        "OPEN Message Error",
        "UPDATE Message Error",
        "Hold Timer Expired",
        "Finite State Machine Error",
        "Cease",
        "ROUTE-REFRESH Message Error",
        "Send Hold Timer Expired",
    };

    private final int code;
    private final int subcode;
    private final String text;

    BgpError(int code, int subcode, String text) {
        this.code = code;
        this.subcode = subcode;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** 0 where there is none, or "unspecific". */
    public int subcode() {
        return subcode;
    }

    /** The registered name, "code/subcode". */
    public String text() {
        return text;
    }

    /** The assigned error; empty for a pair nobody has assigned. */
    public static Optional<BgpError> of(int code, int subcode) {
        for (BgpError error : values()) {
            if (error.code == code && error.subcode == subcode) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /** A name for a log line, also of a pair that is not assigned: "Cease/subcode 77", "code 99/subcode 1". */
    public static String describe(int code, int subcode) {
        return of(code, subcode).map(BgpError::text).orElseGet(() -> {
            String name = code > 0 && code < CODES.length ? CODES[code] : "code " + code;
            return name + "/subcode " + subcode;
        });
    }
}
