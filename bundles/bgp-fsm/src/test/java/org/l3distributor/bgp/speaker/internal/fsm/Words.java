// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;

/** What machines ask for, as a reader would say it. */
final class Words {
    private Words() {}

    static List<String> of(PeerStep step) {
        List<String> words = new ArrayList<>();
        List<SessionEffect> run = new ArrayList<>();
        Side side = null;
        for (PeerOutput output : step.outputs()) {
            PeerOutput.ForSession on = output instanceof PeerOutput.ForSession of ? of : null;
            if (!run.isEmpty() && (on == null || on.side() != side)) {
                words.add(name(side) + ": " + String.join(", ", ofEffects(run)));
                run.clear();
            }
            if (on == null) {
                words.add(of(output));
            } else {
                side = on.side();
                run.add(on.effect());
            }
        }
        if (!run.isEmpty()) {
            words.add(name(side) + ": " + String.join(", ", ofEffects(run)));
        }
        return words;
    }

    static String name(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private static String of(PeerOutput output) {
        if (output instanceof PeerOutput.Connect) {
            return "connect";
        } else if (output instanceof PeerOutput.AbortConnect) {
            return "give up connecting";
        } else if (output instanceof PeerOutput.DisarmRetry) {
            return "disarm RETRY";
        } else if (output instanceof PeerOutput.ArmRetry arm) {
            return "arm RETRY " + seconds(arm.longest());
        } else if (output instanceof PeerOutput.Refuse refuse) {
            return "refuse " + name(refuse.side()) + " \"" + refuse.reason() + "\"";
        }
        throw new AssertionError("no words for " + output);
    }

    /** The four disarmed timers of an end are one word. */
    static List<String> ofEffects(List<SessionEffect> effects) {
        List<String> words = new ArrayList<>();
        Set<SessionTimer> disarmed = EnumSet.noneOf(SessionTimer.class);
        for (SessionEffect effect : effects) {
            words.add(of(effect));
            if (effect instanceof SessionEffect.Disarm disarm) {
                disarmed.add(disarm.timer());
            }
        }
        if (disarmed.size() == SessionTimer.values().length) {
            words.removeIf(word -> word.startsWith("disarm "));
            words.add(words.indexOf("close"), "disarm all");
        }
        return words;
    }

    private static String of(SessionEffect effect) {
        if (effect instanceof SessionEffect.Send send) {
            return "send " + of(send.message());
        } else if (effect instanceof SessionEffect.Close) {
            return "close";
        } else if (effect instanceof SessionEffect.Arm arm) {
            return "arm " + arm.timer() + " " + seconds(arm.duration());
        } else if (effect instanceof SessionEffect.Disarm disarm) {
            return "disarm " + disarm.timer();
        } else if (effect instanceof SessionEffect.Agreed) {
            return "agreed";
        } else if (effect instanceof SessionEffect.Established) {
            return "ESTABLISHED";
        } else if (effect instanceof SessionEffect.Resend resend) {
            return "resend " + resend.family();
        } else if (effect instanceof SessionEffect.Ended) {
            return "ended";
        }
        throw new AssertionError("no words for " + effect);
    }

    private static String of(BgpMessage message) {
        if (message instanceof NotificationMessage notification) {
            String data = notification.data().isEmpty() ? "" : " " + notification.data();
            return notification.code() + "/" + notification.subcode() + data;
        }
        return message instanceof OpenMessage ? "OPEN" : message.type().toString();
    }

    static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
