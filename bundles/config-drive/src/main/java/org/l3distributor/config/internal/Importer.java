// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.config.internal.drive.Drive;
import org.l3distributor.config.internal.drive.DriveContents;
import org.l3distributor.config.internal.drive.OpenstackLayout;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.profile.ProfileFault;

/**
 * Brings the drive into the data directory, once per instance, and reads the copy from then on. While something is
 * missing or wrong in the copy, what it lacks and the agent's files are taken from the drive again whenever the drive
 * changes; the rest of the copy stays, for it may have been changed since (a rotated certificate).
 */
final class Importer {
    /** Opens the drive; the message of the exception says where it was looked for. */
    interface DriveOpener {
        Drive open() throws IOException;
    }

    private static final List<String> AGENT_FILES = List.of(AgentReader.AGENT_FILE, AgentReader.PROFILE_FILE);

    private final ImportStore store;
    private final DriveOpener opener;
    private final String data;

    Importer(Path data, DriveOpener opener) {
        this.store = new ImportStore(data);
        this.opener = opener;
        this.data = data.toString();
    }

    /** Looks at the drive and at the copy and gives the new reading; {@code before} is the last one. */
    Reading read(Overlay overlay, Reading before) {
        try {
            ImportStore.@Nullable Copy copy = store.current().orElse(null);
            List<ProfileFault> driveFaults = List.of();
            if (copy == null || !before.complete()) {
                DriveContents contents = contents();
                driveFaults = contents.faults();
                copy = copy(contents, copy);
            }
            return copy == null
                    ? new Reading(AgentKeys.DEFAULTS, null, driveFaults, null, "none", false)
                    : AgentReader.read(copy, store.pushed(copy).read(), driveFaults, overlay, before.profile());
        } catch (IOException e) {
            ProfileFault fault = new ProfileFault(data, "", "", null, "the imported configuration can't be kept: " + e);
            return new Reading(
                    before.settings(), before.profile(), List.of(fault), before.http(), before.source(), false);
        }
    }

    /** The agent's file in the place of the one before; refused as a whole or taken as a whole. */
    Reply<Reading> push(byte[] text, Overlay overlay, Reading before) {
        try {
            ImportStore.@Nullable Copy copy = store.current().orElse(null);
            if (copy == null) {
                return Reply.refused(
                        Reply.Kind.FAILED, null, "there is no imported configuration that it could replace");
            }
            PushedFiles pushed = store.pushed(copy);
            PushedFiles.Layer layer = Push.over(pushed.read(), text);
            Reading reading = AgentReader.read(copy, layer, List.of(), overlay, before.profile());
            List<String> reasons = Push.reasons(text, before, reading);
            if (!reasons.isEmpty()) {
                return Reply.refused(Reply.Kind.INVALID, null, String.join("; ", reasons));
            }
            pushed.write(layer);
            ConfigLog.pushed(text.length, copy.instance());
            return Reply.done(reading);
        } catch (IOException e) {
            return Reply.refused(Reply.Kind.FAILED, null, "it can't be kept, and nothing was changed: " + e);
        }
    }

    /** What is on the drive; nothing but a fault when there is no drive or it can't be read. */
    private DriveContents contents() throws IOException {
        Drive drive;
        try {
            drive = opener.open();
        } catch (IOException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            return new DriveContents("", Map.of(), List.of(new ProfileFault("config drive", "", "", null, message)));
        }
        try (drive) {
            return OpenstackLayout.read(drive);
        }
    }

    private ImportStore.@Nullable Copy copy(DriveContents contents, ImportStore.@Nullable Copy copy)
            throws IOException {
        if (contents.instance().isEmpty()) {
            return copy;
        }
        if (copy != null && copy.instance().equals(contents.instance())) {
            if (copy.drive().equals(contents.fingerprint()) || isComplete(copy)) {
                return copy;
            }
            return imported(contents, mended(copy, contents.files()));
        }
        return imported(contents, contents.files());
    }

    /** After a start nothing is known about the copy: it stays when it is good, whatever the drive holds by now. */
    private static boolean isComplete(ImportStore.Copy copy) throws IOException {
        return AgentReader.read(copy, PushedFiles.Layer.NONE, List.of(), Overlay.NONE, null)
                .complete();
    }

    private ImportStore.Copy imported(DriveContents contents, Map<String, byte[]> files) throws IOException {
        ImportStore.Copy copy = store.replace(contents.instance(), contents.fingerprint(), files);
        ConfigLog.imported(contents.instance(), files.size(), copy.folder());
        contents.faults().forEach(ConfigLog::leftOut);
        return copy;
    }

    private static Map<String, byte[]> mended(ImportStore.Copy copy, Map<String, byte[]> drive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(drive);
        Map<String, byte[]> kept = new HashMap<>();
        try (Stream<Path> all = Files.walk(copy.folder())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                kept.put("/" + copy.folder().relativize(file), Files.readAllBytes(file));
            }
        }
        kept.keySet().removeAll(AGENT_FILES);
        files.putAll(kept);
        return files;
    }
}
