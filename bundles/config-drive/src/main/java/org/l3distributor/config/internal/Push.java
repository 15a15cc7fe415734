// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.ProfileFault;

/** The rules of a pushed agent's file. */
final class Push {
    private Push() {}

    /** The new layer: when the text says nothing of the profile, the file that said it last is kept for it. */
    static PushedFiles.Layer over(PushedFiles.Layer before, byte[] text) {
        byte[] last = before.agent();
        return new PushedFiles.Layer(text, last != null && saysAProfile(last) ? last : before.profile());
    }

    private static boolean saysAProfile(byte[] text) {
        String ini = new String(text, StandardCharsets.UTF_8);
        return !new AgentFile("", ini, new ArrayList<>()).profile().sections().isEmpty();
    }

    /**
     * Why a text can't be taken; empty when it can.
     *
     * @param reading what it would lead to
     * @throws IOException when nobody can tell whether a load balancer is stored where the text leads away from
     */
    static List<String> reasons(byte[] text, Reading before, Reading reading) throws IOException {
        List<String> reasons = new ArrayList<>();
        if (!isText(text)) {
            reasons.add("it isn't text in UTF-8");
        }
        for (ProfileFault fault : reading.faults()) {
            if (fault.origin().startsWith(AgentReader.AGENT_FILE + " (pushed)")) {
                reasons.add(fault.toString());
            }
        }
        if (before.profile() != null && reading.profile() == null && reasons.isEmpty()) {
            reasons.add("the BGP profile in force would be lost");
        }
        if (before.amphoraId() != null && !before.amphoraId().equals(reading.amphoraId())) {
            reasons.add(
                    "[amphora_agent] amphora_id = " + reading.amphoraId() + ": this is amphora " + before.amphoraId());
        }
        reasons.addAll(HaproxyPaths.reasons(before.settings(), reading.settings()));
        HttpSettings now = before.http();
        HttpSettings wanted = reading.http();
        if (wanted != null && now != null) {
            String taken = unavailable(now, wanted);
            if (taken != null) {
                reasons.add(taken);
            }
        }
        return reasons;
    }

    private static boolean isText(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Tries the new place of the listener, as far as that can be done while it stands at the old one. */
    private static @Nullable String unavailable(HttpSettings now, HttpSettings wanted) {
        boolean samePort = now.bindPort() == wanted.bindPort();
        if (samePort && now.bindHost().equals(wanted.bindHost())) {
            return null;
        }
        int port = samePort ? 0 : wanted.bindPort();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(wanted.bindHost()), port));
            return null;
        } catch (IOException e) {
            return "[haproxy_amphora] bind_host = " + wanted.bindHost() + ", bind_port = " + wanted.bindPort()
                    + ": the listener can't move there: " + e.getMessage();
        }
    }
}
