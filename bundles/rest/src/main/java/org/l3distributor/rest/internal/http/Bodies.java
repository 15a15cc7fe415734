// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.io.IOException;
import java.io.InputStream;
import org.l3distributor.rest.internal.wire.AgentBody;

/** Reads a request's body up to the limit. */
public final class Bodies {
    /** The longest body that is taken: 4 MiB, some 40,000 registrations. */
    public static final int LIMIT = 4 * 1024 * 1024;

    /**
     * How much of a body that is too long is read and thrown away. A client that is still sending when the connection
     * is closed sees a reset instead of the answer; one that sends even more has earned it.
     */
    private static final long PATIENCE = 64L * 1024 * 1024;

    private Bodies() {}

    /**
     * The whole body.
     *
     * @throws Refused with 413 when it is longer than {@link #LIMIT}, with 400 when the client goes away meanwhile
     */
    public static byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LIMIT + 1);
            if (bytes.length <= LIMIT) {
                return bytes;
            }
            discard(body);
        } catch (IOException e) {
            throw new Refused(Fault.invalid("", null, "the body broke off before its end"));
        }
        throw new Refused(
                new Fault(413, "too_large", "", null, "the body is longer than " + LIMIT + " bytes; send it in parts"));
    }

    /**
     * The whole body of a call of the amphora API.
     *
     * @throws AgentRefused with 400 when it is longer than {@link #LIMIT}: Octavia's client takes a 413 for success
     */
    public static byte[] agents(InputStream body) {
        try {
            return read(body);
        } catch (Refused e) {
            throw AgentRefused.with(
                    400, new AgentBody.Said("Invalid request", e.faults().get(0).rule()));
        }
    }

    private static void discard(InputStream body) throws IOException {
        byte[] scratch = new byte[65_536];
        long left = PATIENCE;
        int count = body.read(scratch);
        while (count >= 0 && left > 0) {
            left -= count;
            count = body.read(scratch);
        }
    }
}
