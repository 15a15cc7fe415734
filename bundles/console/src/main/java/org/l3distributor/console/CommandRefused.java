// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Refusal;

/** Why a command did nothing: one line a reason, each with field, value and rule. No stack trace: it is no bug. */
public final class CommandRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    public CommandRefused(String message) {
        super(message, null, false, false);
    }

    public static CommandRefused of(List<Refusal> reasons) {
        String more = reasons.size() > SHOWN ? "\n  and " + (reasons.size() - SHOWN) + " more" : "";
        return new CommandRefused("refused, nothing was changed\n"
                + reasons.stream()
                        .limit(SHOWN)
                        .map(r -> "  " + line(r.field(), r.value(), r.rule()))
                        .collect(Collectors.joining("\n"))
                + more);
    }

    /** {@code field = "value": rule}, as far as there is a field and a value. */
    public static String line(String field, @Nullable String value, String rule) {
        String subject = value == null ? field : field + " = \"" + value + "\"";
        return subject.isEmpty() ? rule : subject + ": " + rule;
    }
}
