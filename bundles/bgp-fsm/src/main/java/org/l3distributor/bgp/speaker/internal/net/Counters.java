// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.l3distributor.bgp.message.MessageType;

/** The counters of a peer. Written by its loop alone, read by anybody. */
final class Counters {
    enum Name {
        BYTES_RECEIVED,
        BYTES_SENT,
        ROUTES_RECEIVED,
        ROUTES_WITHDRAWN_BY_PEER,
        UPDATES_MALFORMED,
        ESTABLISHED_TRANSITIONS,
        CONNECT_ATTEMPTS
    }

    private static final int TYPES = MessageType.values().length;

    private final AtomicLongArray names = new AtomicLongArray(Name.values().length);
    private final AtomicLongArray received = new AtomicLongArray(TYPES);
    private final AtomicLongArray sent = new AtomicLongArray(TYPES);

    void add(Name name, long count) {
        names.lazySet(name.ordinal(), names.getPlain(name.ordinal()) + count);
    }

    void received(MessageType type) {
        received.lazySet(type.ordinal(), received.getPlain(type.ordinal()) + 1);
    }

    void sent(MessageType type, long count) {
        sent.lazySet(type.ordinal(), sent.getPlain(type.ordinal()) + count);
    }

    Map<String, Long> snapshot() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (MessageType type : MessageType.values()) {
            String word = type.name().toLowerCase(Locale.ROOT);
            all.put("messages_received_" + word, received.get(type.ordinal()));
            all.put("messages_sent_" + word, sent.get(type.ordinal()));
        }
        for (Name name : Name.values()) {
            all.put(name.name().toLowerCase(Locale.ROOT), names.get(name.ordinal()));
        }
        return all;
    }
}
