// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.net.IpAddress;

/**
 * Reads the agent's files out of an imported copy. A file that is pushed at run time will be one layer more between the
 * copy and the overlay.
 */
final class AgentReader {
    static final String AGENT_FILE = "/etc/octavia/amphora-agent.conf";
    /** The profile may stand in a file of its own: Octavia's template for the agent's file knows nothing of it. */
    static final String PROFILE_FILE = "/etc/octavia/l3-bgp.conf";

    private static final String LISTENER = "haproxy_amphora";
    private static final String AGENT = "amphora_agent";
    private static final String DEFAULT_HOST = "::";
    private static final int DEFAULT_PORT = 9443;

    private final ImportStore.Copy copy;
    private final List<ProfileFault> faults = new ArrayList<>();
    private boolean saidTwice;

    private AgentReader(ImportStore.Copy copy) {
        this.copy = copy;
    }

    /**
     * Reads and checks.
     *
     * @param driveFaults what was wrong with the drive when it was read; matters only while something is missing here
     * @param inForce the profile that stays when the overlay is refused; null = the files' own
     */
    static Reading read(
            ImportStore.Copy copy, List<ProfileFault> driveFaults, Overlay overlay, @Nullable BgpProfile inForce)
            throws IOException {
        AgentReader reader = new AgentReader(copy);
        AgentFile agent = reader.load(AGENT_FILE);
        AgentFile extra = reader.load(PROFILE_FILE);
        if (agent == null) {
            reader.faults.addAll(driveFaults);
            reader.missing(AGENT_FILE);
            return new Reading(null, null, reader.faults, null, "config drive", false);
        }
        String amphoraId = agent.value(AGENT, "amphora_id");
        HttpSettings http = reader.http(agent);
        ProfileDraft draft = reader.draft(agent, extra);
        BgpProfile ofFiles = reader.profile(draft, agent, extra);
        boolean complete = reader.faults.isEmpty() && http != null;
        BgpProfile profile = ofFiles == null ? null : reader.overlaid(draft, overlay, ofFiles, inForce);
        if (!complete) {
            reader.faults.addAll(driveFaults);
        }
        return new Reading(amphoraId, profile, reader.faults, http, "config drive", complete);
    }

    /** The profile of the files, null when anything in it is wrong or could not be understood. */
    private @Nullable BgpProfile profile(ProfileDraft draft, AgentFile agent, @Nullable AgentFile extra) {
        boolean broken = agent.isBroken() || (extra != null && extra.isBroken()) || saidTwice || faulty(draft.origin());
        CheckedProfile files = ProfileRules.check(draft);
        faults.addAll(files.faults());
        return broken ? null : files.profile();
    }

    private @Nullable AgentFile load(String path) throws IOException {
        Path file = copy.file(path);
        return Files.exists(file)
                ? new AgentFile(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8), faults)
                : null;
    }

    private void missing(String path) {
        faults.add(new ProfileFault(path, "", "", null, "there is no such file on the config drive"));
    }

    /** True when a reference in the profile's sections could not be replaced. */
    private boolean faulty(String origin) {
        return faults.stream().anyMatch(f -> f.origin().equals(origin) && ProfileRules.concerns(f.section()));
    }

    private ProfileDraft draft(AgentFile agent, @Nullable AgentFile extra) {
        ProfileDraft inAgent = agent.profile();
        ProfileDraft inExtra = extra == null ? new ProfileDraft(PROFILE_FILE, List.of()) : extra.profile();
        if (inAgent.sections().isEmpty()) {
            return extra == null ? inAgent : inExtra;
        }
        for (ProfileDraft.Section section : inExtra.sections()) {
            saidTwice = true;
            faults.add(new ProfileFault(
                    PROFILE_FILE,
                    section.title(),
                    "",
                    null,
                    "the profile stands in " + AGENT_FILE + " already; say it in one of them"));
        }
        return inAgent;
    }

    private BgpProfile overlaid(ProfileDraft draft, Overlay overlay, BgpProfile ofFiles, @Nullable BgpProfile inForce) {
        if (overlay.isEmpty()) {
            return ofFiles;
        }
        List<ProfileFault> refused = new ArrayList<>(overlay.faults());
        CheckedProfile checked = ProfileRules.check(overlay.over(draft));
        checked.faults().forEach(f -> refused.add(overlay.named(f)));
        if (refused.isEmpty() && checked.profile() != null) {
            return checked.profile();
        }
        faults.addAll(refused);
        return inForce == null ? ofFiles : inForce;
    }

    private @Nullable HttpSettings http(AgentFile agent) {
        Path certificate = certificate(agent, "agent_server_cert", "this server's certificate and key");
        Path clientCa = certificate(agent, "agent_server_ca", "the authority of the clients' certificates");
        String host = host(agent);
        int port = port(agent);
        return certificate == null || clientCa == null ? null : new HttpSettings(host, port, certificate, clientCa);
    }

    /** Where a PEM file lies: in the copy, or else at its own path. */
    private @Nullable Path certificate(AgentFile agent, String key, String what) {
        String path = agent.value(AGENT, key);
        if (path == null) {
            agent.fault(AGENT, key, null, "is required: " + what + "; without it there is no REST listener");
            return null;
        }
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || !copy.file(path).startsWith(copy.folder())) {
            agent.fault(AGENT, key, path, "must be an absolute path");
            return null;
        }
        Path imported = copy.file(path);
        if (Files.isRegularFile(imported)) {
            return imported;
        }
        if (Files.isRegularFile(Path.of(path))) {
            return Path.of(path);
        }
        agent.fault(AGENT, key, path, "there is no such file; without it there is no REST listener");
        return null;
    }

    private static String host(AgentFile agent) {
        String host = agent.value(LISTENER, "bind_host");
        if (host == null) {
            return DEFAULT_HOST;
        }
        try {
            return IpAddress.parse(host).toString();
        } catch (IllegalArgumentException e) {
            agent.fault(
                    LISTENER,
                    "bind_host",
                    host,
                    "must be an IP address; " + DEFAULT_HOST + " is used until it is mended");
            return DEFAULT_HOST;
        }
    }

    private static int port(AgentFile agent) {
        String text = agent.value(LISTENER, "bind_port");
        if (text == null) {
            return DEFAULT_PORT;
        }
        boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : 0;
        if (port >= 1 && port <= 65535) {
            return port;
        }
        agent.fault(LISTENER, "bind_port", text, "must be 1..65535; " + DEFAULT_PORT + " is used until it is mended");
        return DEFAULT_PORT;
    }
}
