// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class NotificationMessageTest {
    @ParameterizedTest
    @EnumSource(BgpError.class)
    void everyAssignedError_isFoundByItsNumbers(BgpError error) {
        assertThat(NotificationMessage.of(error).error()).contains(error);
        assertThat(NotificationMessage.of(error).describe()).startsWith(error.text());
    }

    @ParameterizedTest
    @CsvSource({"6, 77, Cease/subcode 77 (6/77)", "99, 1, code 99/subcode 1 (99/1)", "0, 0, code 0/subcode 0 (0/0)"})
    void unassignedError_isDescribedByItsNumbers(int code, int subcode, String text) {
        assertThat(new NotificationMessage(code, subcode, Octets.EMPTY).describe())
                .isEqualTo(text);
    }

    @Test
    void shutdownCommunication_isReadAsItWasWritten() {
        String word = "maintenance of rack 7 — back at 15:00";

        assertThat(NotificationMessage.administrativeShutdown(word).shutdownCommunication())
                .contains(word);
        assertThat(NotificationMessage.administrativeReset(word).shutdownCommunication())
                .contains(word);
        assertThat(NotificationMessage.administrativeShutdown("").data().isEmpty())
                .isTrue();
    }

    @Test
    void longCommunication_isCutBetweenCharacters() {
        NotificationMessage message = NotificationMessage.administrativeShutdown("ä".repeat(200));

        assertThat(message.data().get(0)).isEqualTo(254);
        assertThat(message.shutdownCommunication()).contains("ä".repeat(127));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 2, ''",
        "6, 2, 00",
        "6, 2, 0561",
        "6, 2, 02c328",
        "6, 1, 0161",
        "2, 2, 0161",
    })
    void communicationThatIsNone_isEmpty(int code, int subcode, String data) {
        assertThat(new NotificationMessage(code, subcode, Octets.ofHex(data)).shutdownCommunication())
                .isEmpty();
    }

    @Test
    void controlCharactersOfAPeer_dontReachALog() {
        NotificationMessage message = new NotificationMessage(6, 2, Octets.ofHex("05610a1b5b62"));

        assertThat(message.shutdownCommunication()).contains("a??[b");
    }

    @Test
    void hardReset_carriesAnotherNotification() {
        NotificationMessage inner = NotificationMessage.administrativeShutdown("bye");

        assertThat(inner.asHardReset().is(BgpError.HARD_RESET)).isTrue();
        assertThat(inner.asHardReset().hardResetReason()).contains(inner);
        assertThat(NotificationMessage.of(BgpError.HARD_RESET).hardResetReason())
                .isEmpty();
        assertThat(inner.hardResetReason()).isEmpty();
    }

    @Test
    void assignedErrors_areDistinct() {
        assertThat(Arrays.stream(BgpError.values()).map(error -> error.code() << 8 | error.subcode()))
                .doesNotHaveDuplicates();
    }
}
