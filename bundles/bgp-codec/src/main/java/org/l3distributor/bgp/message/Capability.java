// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.List;
import org.l3distributor.net.AsNumber;

/** What a speaker says in its OPEN that it can do (RFC 5492). */
public sealed interface Capability {
    /** The capability code, 0..255. */
    int code();

    /** RFC 4760. */
    record Multiprotocol(AfiSafi family) implements Capability {
        public static final int CODE = 1;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 2918. */
    record RouteRefresh() implements Capability {
        public static final int CODE = 2;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 8950: the families whose routes may have a next hop of another family. */
    record ExtendedNextHop(List<ExtendedNextHop.Entry> entries) implements Capability {
        public static final int CODE = 5;

        public ExtendedNextHop {
            entries = List.copyOf(entries);
        }

        /**
         * One permitted pair. The SAFI has two octets in this capability alone; the upper one is always zero.
         *
         * @param nextHopAfi 0..65535
         */
        public record Entry(AfiSafi family, int nextHopAfi) {}

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 8654. */
    record ExtendedMessage() implements Capability {
        public static final int CODE = 6;

        @Override
        public int code() {
            return CODE;
        }
    }

    /**
     * RFC 4724, and RFC 8538.
     *
     * @param restarted R: the sender has restarted
     * @param notification N: graceful also after a NOTIFICATION
     * @param restartTimeSeconds 0..4095
     */
    record GracefulRestart(boolean restarted, boolean notification, int restartTimeSeconds, List<Family> families)
            implements Capability {
        public static final int CODE = 64;

        public GracefulRestart {
            families = List.copyOf(families);
            if (restartTimeSeconds < 0 || restartTimeSeconds > 0xFFF) {
                throw new IllegalArgumentException("the restart time must be 0..4095 s, got " + restartTimeSeconds);
            }
        }

        /** A family whose routes are kept; {@code forwardingKept} is the F bit. */
        public record Family(AfiSafi family, boolean forwardingKept) {}

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 6793. */
    record FourOctetAs(AsNumber as) implements Capability {
        public static final int CODE = 65;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 7911. */
    record AddPath(List<AddPath.Entry> entries) implements Capability {
        public static final int CODE = 69;

        public AddPath {
            entries = List.copyOf(entries);
        }

        /**
         * What the sender can do in one family.
         *
         * @param mode 1 = receive, 2 = send, 3 = both; an entry with another value is to be ignored
         */
        public record Entry(AfiSafi family, int mode) {
            public boolean canReceive() {
                return mode == 1 || mode == 3;
            }

            public boolean canSend() {
                return mode == 2 || mode == 3;
            }
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 7313. */
    record EnhancedRouteRefresh() implements Capability {
        public static final int CODE = 70;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** Any other, to be ignored (RFC 5492 section 3). */
    record UnknownCapability(int code, Octets value) implements Capability {
        public UnknownCapability {
            if (code < 0 || code > 0xFF || value.length() > 0xFF) {
                throw new IllegalArgumentException("a capability has code 0..255 and at most 255 octets, got code "
                        + code + ", " + value.length() + " octets");
            }
        }
    }
}
