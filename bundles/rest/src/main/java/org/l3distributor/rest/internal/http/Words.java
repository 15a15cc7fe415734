// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.rest.internal.wire.AgentBody;

/** What Octavia's agent says when a call is refused, by kind of refusal; used where the port that refuses is silent. */
public final class Words {
    private final Map<Reply.Kind, AgentBody.Said> said = new EnumMap<>(Reply.Kind.class);

    public Words() {
        said.put(Reply.Kind.INVALID, new AgentBody.Said("Invalid request", null));
    }

    public Words on(Reply.Kind kind, @Nullable String message, @Nullable String details) {
        said.put(kind, new AgentBody.Said(message, details));
        return this;
    }

    AgentBody.Said of(Reply.Kind kind, @Nullable String message, @Nullable String details) {
        AgentBody.Said usual = said.getOrDefault(kind, new AgentBody.Said(null, null));
        return new AgentBody.Said(
                message == null ? usual.message() : message, details == null ? usual.details() : details);
    }
}
