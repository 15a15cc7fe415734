// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * NOTIFICATION (RFC 4271 section 4.5): the last words on a connection. Every pair of numbers is representable.
 *
 * @param code 0..255
 * @param subcode 0..255
 * @param data what the pair demands; often nothing
 */
public record NotificationMessage(int code, int subcode, Octets data) implements BgpMessage {
    /** Greatest length of a shutdown communication in octets of UTF-8 (RFC 9003). */
    public static final int MAX_COMMUNICATION = 255;

    public NotificationMessage {
        if (code < 0 || code > 0xFF || subcode < 0 || subcode > 0xFF) {
            throw new IllegalArgumentException("code and subcode must be 0..255, got " + code + "/" + subcode);
        }
    }

    public static NotificationMessage of(BgpError error) {
        return of(error, Octets.EMPTY);
    }

    public static NotificationMessage of(BgpError error, Octets data) {
        return new NotificationMessage(error.code(), error.subcode(), data);
    }

    /**
     * An Administrative Shutdown with a word to the peer's operator (RFC 9003), cut at a character where it has more than
     * 255 octets; an empty one is left out.
     */
    public static NotificationMessage administrativeShutdown(String communication) {
        return of(BgpError.ADMINISTRATIVE_SHUTDOWN, communication(communication));
    }

    /** An Administrative Reset with a word to the peer's operator, as {@link #administrativeShutdown(String)}. */
    public static NotificationMessage administrativeReset(String communication) {
        return of(BgpError.ADMINISTRATIVE_RESET, communication(communication));
    }

    private static Octets communication(String text) {
        if (text.isEmpty()) {
            return Octets.EMPTY;
        }
        ByteBuffer utf8 = ByteBuffer.allocate(1 + MAX_COMMUNICATION).position(1);
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        encoder.encode(CharBuffer.wrap(text), utf8, true); // stops before a character that doesn't fit
        int length = utf8.position() - 1;
        utf8.put(0, (byte) length);
        return Octets.of(Arrays.copyOf(utf8.array(), length + 1));
    }

    /** The assigned meaning; empty for a pair nobody has assigned. */
    public Optional<BgpError> error() {
        return BgpError.of(code, subcode);
    }

    public boolean is(BgpError error) {
        return code == error.code() && subcode == error.subcode();
    }

    /**
     * The word of the peer's operator in an Administrative Shutdown or Reset (RFC 9003), control characters replaced, for
     * it goes to a log; empty when there is none or it isn't UTF-8 of the stated length.
     */
    public Optional<String> shutdownCommunication() {
        boolean carries = is(BgpError.ADMINISTRATIVE_SHUTDOWN) || is(BgpError.ADMINISTRATIVE_RESET);
        if (!carries || data.isEmpty() || data.get(0) == 0 || data.get(0) >= data.length()) {
            return Optional.empty();
        }
        ByteBuffer utf8 = ByteBuffer.wrap(data.toArray(), 1, data.get(0));
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
            return Optional.of(text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?"));
        } catch (CharacterCodingException e) {
            return Optional.empty(); // RFC 9003 section 4: an invalid one is not to be shown
        }
    }

    /** The NOTIFICATION inside a Hard Reset (RFC 8538 section 3); empty for any other and for a bare one. */
    public Optional<NotificationMessage> hardResetReason() {
        if (!is(BgpError.HARD_RESET) || data.length() < 2) {
            return Optional.empty();
        }
        byte[] all = data.toArray();
        Octets inner = Octets.of(Arrays.copyOfRange(all, 2, all.length));
        return Optional.of(new NotificationMessage(data.get(0), data.get(1), inner));
    }

    /** This NOTIFICATION wrapped in a Hard Reset (RFC 8538 section 3). */
    public NotificationMessage asHardReset() {
        byte[] wrapped = new byte[2 + data.length()];
        wrapped[0] = (byte) code;
        wrapped[1] = (byte) subcode;
        System.arraycopy(data.toArray(), 0, wrapped, 2, data.length());
        return of(BgpError.HARD_RESET, Octets.of(wrapped));
    }

    /** For a log line: "Cease/Administrative Shutdown (6/2)". */
    public String describe() {
        return BgpError.describe(code, subcode) + " (" + code + "/" + subcode + ")";
    }

    @Override
    public MessageType type() {
        return MessageType.NOTIFICATION;
    }
}
