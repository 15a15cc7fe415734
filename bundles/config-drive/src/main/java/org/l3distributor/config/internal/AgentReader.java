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

/** Reads the agent's files: a pushed one lies over the imported copy's, and the overlay over both. */
final class AgentReader {
    static final String AGENT_FILE = "/etc/octavia/amphora-agent.conf";
    /** The profile may stand in a file of its own: Octavia's template for the agent's file knows nothing of it. */
    static final String PROFILE_FILE = "/etc/octavia/l3-bgp.conf";

    static final String PUSHED = "pushed";

    private static final String DRIVE = "config drive";
    private static final String LISTENER = "haproxy_amphora";
    private static final String DEFAULT_HOST = "::";
    private static final int DEFAULT_PORT = 9443;

    private final ImportStore.Copy copy;
    private final PushedFiles.Layer pushed;
    private final List<ProfileFault> faults = new ArrayList<>();

    /** The profile as written, and whether all of the file that it comes from could be understood. */
    private record Written(ProfileDraft draft, boolean understood, String source) {}

    private AgentReader(ImportStore.Copy copy, PushedFiles.Layer pushed) {
        this.copy = copy;
        this.pushed = pushed;
    }

    /**
     * Reads and checks.
     *
     * @param driveFaults what was wrong with the drive when it was read; matters only while something is missing here
     * @param inForce the profile that stays when the overlay is refused; null = the files' own
     */
    static Reading read(
            ImportStore.Copy copy,
            PushedFiles.Layer pushed,
            List<ProfileFault> driveFaults,
            Overlay overlay,
            @Nullable BgpProfile inForce)
            throws IOException {
        return new AgentReader(copy, pushed).read(driveFaults, overlay, inForce);
    }

    private Reading read(List<ProfileFault> driveFaults, Overlay overlay, @Nullable BgpProfile inForce)
            throws IOException {
        AgentFile imported = load(AGENT_FILE);
        byte[] text = pushed.agent();
        AgentFile agent = text == null ? imported : file(AGENT_FILE + " (pushed)", text);
        if (agent == null) {
            faults.addAll(driveFaults);
            faults.add(new ProfileFault(AGENT_FILE, "", "", null, "there is no such file on the config drive"));
            return new Reading(AgentKeys.DEFAULTS, null, faults, null, DRIVE, false);
        }
        var settings = AgentKeys.read(agent);
        HttpSettings http = http(agent);
        Written written = written(agent, imported);
        boolean bare = written.draft.sections().isEmpty() && written.understood;
        BgpProfile ofFiles = bare ? null : profile(written);
        boolean complete = faults.isEmpty() && http != null && !bare;
        BgpProfile profile = ofFiles == null ? null : overlaid(written.draft, overlay, ofFiles, inForce);
        if (!complete && !bare) {
            faults.addAll(driveFaults);
        }
        return new Reading(settings, profile, faults, http, written.source, complete);
    }

    /** The profile of the files, null when anything in it is wrong or could not be understood. */
    private @Nullable BgpProfile profile(Written written) {
        boolean understood = written.understood && !faulty(written.draft.origin());
        CheckedProfile files = ProfileRules.check(written.draft);
        faults.addAll(files.faults());
        return understood ? files.profile() : null;
    }

    private @Nullable AgentFile load(String path) throws IOException {
        Path file = copy.file(path);
        return Files.exists(file) ? file(path, Files.readAllBytes(file)) : null;
    }

    private AgentFile file(String origin, byte[] text) {
        return new AgentFile(origin, new String(text, StandardCharsets.UTF_8), faults);
    }

    /** True when a reference in the profile's sections could not be replaced. */
    private boolean faulty(String origin) {
        return faults.stream().anyMatch(f -> f.origin().equals(origin) && ProfileRules.concerns(f.section()));
    }

    /** The newest file that says anything of the profile has all of it. */
    private Written written(AgentFile agent, @Nullable AgentFile imported) throws IOException {
        ProfileDraft draft = agent.profile();
        byte[] before = pushed.profile();
        if (pushed.agent() != null && !draft.sections().isEmpty()) {
            return new Written(draft, !agent.isBroken(), PUSHED);
        }
        if (pushed.agent() != null && before != null) {
            AgentFile kept = file(AGENT_FILE + " (pushed before)", before);
            return new Written(kept.profile(), !kept.isBroken(), PUSHED);
        }
        AgentFile extra = load(PROFILE_FILE);
        ProfileDraft inAgent = agent == imported || imported == null ? draft : imported.profile();
        ProfileDraft inExtra = extra == null ? new ProfileDraft(PROFILE_FILE, List.of()) : extra.profile();
        boolean twice = !inAgent.sections().isEmpty() && saidTwice(inExtra);
        boolean broken = (imported != null && imported.isBroken()) || (extra != null && extra.isBroken());
        ProfileDraft one = inAgent.sections().isEmpty() && extra != null ? inExtra : inAgent;
        return new Written(one, !broken && !twice, DRIVE);
    }

    private boolean saidTwice(ProfileDraft extra) {
        for (ProfileDraft.Section section : extra.sections()) {
            faults.add(new ProfileFault(
                    PROFILE_FILE,
                    section.title(),
                    "",
                    null,
                    "the profile stands in " + AGENT_FILE + " already; say it in one of them"));
        }
        return !extra.sections().isEmpty();
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
        String path = agent.value(AgentKeys.AGENT, key);
        if (path == null) {
            agent.fault(AgentKeys.AGENT, key, null, "is required: " + what + "; without it there is no REST listener");
            return null;
        }
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || !copy.file(path).startsWith(copy.folder())) {
            agent.fault(AgentKeys.AGENT, key, path, "must be an absolute path");
            return null;
        }
        Path imported = copy.file(path);
        if (Files.isRegularFile(imported)) {
            return imported;
        }
        if (Files.isRegularFile(Path.of(path))) {
            return Path.of(path);
        }
        agent.fault(AgentKeys.AGENT, key, path, "there is no such file; without it there is no REST listener");
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
        int port = text == null ? DEFAULT_PORT : AgentKeys.number(text, 65535);
        if (port >= 1) {
            return port;
        }
        agent.fault(LISTENER, "bind_port", text, "must be 1..65535; " + DEFAULT_PORT + " is used until it is mended");
        return DEFAULT_PORT;
    }
}
