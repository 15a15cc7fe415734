// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.SpeakerSettings;

/** What a router may say wrongly, the NOTIFICATION it gets for that, and that its neighbour's session doesn't notice. */
class BadInputTest {
    private static final String MARKER = "ff".repeat(16);
    /** OPEN of AS 65000, hold time 90, identifier 10.0.0.1, without parameters. */
    private static final String OPEN = "04 fde8 005a 0a000001 00";

    private static NettySpeaker speaker;
    private static FakeRouter bad;
    private static FakeRouter good;
    private static Line goodLine;

    @BeforeAll
    static void begin() throws IOException {
        bad = new FakeRouter("bad", "127.0.1.1");
        good = new FakeRouter("good", "127.0.1.2");
        speaker = Speakers.impatient();
        speaker.configure(new SpeakerSettings(0, List.of(bad.settings(), good.settings(300, false, true))));
        goodLine = good.established();
        Speakers.awaitState(speaker, good.id, SessionState.ESTABLISHED);
    }

    @AfterAll
    static void end() throws IOException {
        PeerSnapshot untouched = Speakers.peer(speaker, good.id);
        assertThat(untouched.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(untouched.counters()).containsEntry("established_transitions", 1L);
        speaker.close();
        goodLine.close();
        bad.close();
        good.close();
    }

    private enum Stage {
        OPEN_SENT,
        OPEN_CONFIRM,
        ESTABLISHED
    }

    private record Row(String name, Stage stage, byte[] said, int code, int subcode, String data) {
        @Override
        public String toString() {
            return name + " in " + stage + ": " + code + "/" + subcode;
        }
    }

    static Stream<Row> rows() {
        byte[] request = "GET / HTTP/1.1\r\nHost: router\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                new Row("garbage", Stage.OPEN_SENT, request, 1, 1, ""),
                row("wrong marker", Stage.OPEN_SENT, "fe" + "ff".repeat(15) + "0013 04", 1, 1, ""),
                row("length below the header's", Stage.OPEN_SENT, MARKER + "0012 01", 1, 2, "0012"),
                row("huge OPEN", Stage.OPEN_SENT, MARKER + "ffff 01", 1, 2, "ffff"),
                row("OPEN above 4096", Stage.OPEN_SENT, MARKER + "1001 01", 1, 2, "1001"),
                row("unknown type", Stage.OPEN_SENT, MARKER + "0013 09", 1, 3, "09"),
                message("version 3", Stage.OPEN_SENT, 1, "03 fde8 005a 0a000001 00", 2, 1, "0004"),
                message("wrong AS", Stage.OPEN_SENT, 1, "04 fde9 005a 0a000001 00", 2, 2, ""),
                message("identifier 0", Stage.OPEN_SENT, 1, "04 fde8 005a 00000000 00", 2, 3, ""),
                message("unknown parameter", Stage.OPEN_SENT, 1, "04 fde8 005a 0a000001 02 6300", 2, 4, ""),
                message("hold time 1", Stage.OPEN_SENT, 1, "04 fde8 0001 0a000001 00", 2, 6, ""),
                message("hold time 2", Stage.OPEN_SENT, 1, "04 fde8 0002 0a000001 00", 2, 6, ""),
                message("no common family", Stage.OPEN_SENT, 1, "04fde8005a0a00000108020601040001 0080", 2, 7, null),
                message("KEEPALIVE before OPEN", Stage.OPEN_SENT, 4, "", 5, 1, ""),
                message("UPDATE before OPEN", Stage.OPEN_SENT, 2, "0000 0000", 5, 1, ""),
                message("second OPEN", Stage.OPEN_CONFIRM, 1, OPEN, 5, 2, ""),
                message("UPDATE before KEEPALIVE", Stage.OPEN_CONFIRM, 2, "0000 0000", 5, 2, ""),
                message("OPEN again", Stage.ESTABLISHED, 1, OPEN, 5, 3, ""),
                row("wrong marker", Stage.ESTABLISHED, "00".repeat(16) + "0013 04", 1, 1, ""),
                row("long KEEPALIVE", Stage.ESTABLISHED, MARKER + "0014 04 00", 1, 2, "0014"),
                row("short UPDATE", Stage.ESTABLISHED, MARKER + "0016 02 000000", 1, 2, "0016"),
                row("long UPDATE, not agreed on", Stage.ESTABLISHED, MARKER + "1001 02", 1, 2, "1001"),
                message("withdrawn routes beyond the end", Stage.ESTABLISHED, 2, "0005 0000", 3, 1, ""),
                message("unknown well-known attribute", Stage.ESTABLISHED, 2, "0000 0003 406300", 3, 2, "406300"),
                message("long ROUTE-REFRESH mark", Stage.ESTABLISHED, 5, "0001 0101 00", 7, 1, null));
    }

    private static Row message(String name, Stage stage, int type, String body, int code, int subcode, String data) {
        String hex = body.replace(" ", "");
        String header = MARKER + "%04x%02x".formatted(19 + hex.length() / 2, type);
        return row(name, stage, header + hex, code, subcode, data);
    }

    private static Row row(String name, Stage stage, String hex, int code, int subcode, String data) {
        return new Row(name, stage, HexFormat.of().parseHex(hex.replace(" ", "")), code, subcode, data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void badInput_endsThatSessionWithItsOwnWords(Row row) throws IOException {
        try (Line line = bad.accept()) {
            if (row.stage() != Stage.OPEN_SENT) {
                line.send(FakeRouter.open("10.0.0.1", Set.of(new Capability.EnhancedRouteRefresh())));
            }
            if (row.stage() == Stage.ESTABLISHED) {
                line.send(KeepaliveMessage.INSTANCE);
                Speakers.awaitState(speaker, bad.id, SessionState.ESTABLISHED);
            }
            line.send(row.said());
            NotificationMessage words = line.lastWords();
            assertThat(words.code() + "/" + words.subcode()).isEqualTo(row.code() + "/" + row.subcode());
            if (row.data() != null) {
                assertThat(words.data()).isEqualTo(Octets.ofHex(row.data()));
            }
        }
        Speakers.await(
                () -> String.valueOf(Speakers.peer(speaker, bad.id).lastError())
                        .contains("(" + row.code() + "/" + row.subcode() + ")"),
                () -> "the error should be told: " + Speakers.peer(speaker, bad.id));
    }

    @Test
    void malformedAttribute_isTreatedAsWithdrawn_andTheSessionGoesOn() throws IOException {
        long before = Speakers.peer(speaker, good.id).counters().get("updates_malformed");
        // ORIGIN 9 (RFC 7606 section 7.1), AS_PATH and NEXT_HOP in order, 203.0.113.0/24
        Row update = message(
                "", Stage.ESTABLISHED, 2, "0000 0014 40010109 4002060201 0000fde8 400304 0a000001 18cb0071", 0, 0, "");
        goodLine.send(update.said());
        Speakers.await(
                () -> Speakers.peer(speaker, good.id).counters().get("updates_malformed") == before + 1,
                () -> "one malformed UPDATE should be counted: " + Speakers.peer(speaker, good.id));
        assertThat(Speakers.peer(speaker, good.id).state()).isEqualTo(SessionState.ESTABLISHED);
    }
}
