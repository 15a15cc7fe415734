// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The imported copy of a config drive, below {@code DATA/config}. Each import is a folder of its own,
 * {@code import-N}, complete and on the disk before the file {@code current} names it: a power cut leaves the old copy or
 * the new one. Folders are 0700 and files 0600, for there are keys among them.
 */
final class ImportStore {
    private static final String CURRENT = "current";
    private static final String FILES = "files";
    private static final String INSTANCE = "instance";
    private static final String DRIVE = "drive";
    private static final Pattern FOLDER = Pattern.compile("import-[0-9]{1,9}");
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path root;

    ImportStore(Path data) {
        this.root = data.resolve("config");
    }

    /**
     * The copy in force.
     *
     * @param instance the instance that it was imported for
     * @param drive fingerprint of the drive's files at the time
     * @param folder where the files lie, each under the path that it has on the instance
     */
    record Copy(String instance, String drive, Path folder) {
        /** Where the copy of an instance's file is, be it there or not. */
        Path file(String path) {
            return folder.resolve(path.startsWith("/") ? path.substring(1) : path)
                    .normalize();
        }
    }

    /** What was pushed to an instance. */
    PushedFiles pushed(Copy copy) {
        return new PushedFiles(root, copy.instance());
    }

    Optional<Copy> current() throws IOException {
        Path current = root.resolve(CURRENT);
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        String name = Files.readString(current).strip();
        Path folder = root.resolve(name);
        if (!FOLDER.matcher(name).matches() || !Files.isDirectory(folder)) {
            throw new IOException(current + " names no import; remove it to import the config drive again");
        }
        return Optional.of(new Copy(
                Files.readString(folder.resolve(INSTANCE)).strip(),
                Files.readString(folder.resolve(DRIVE)).strip(),
                folder.resolve(FILES)));
    }

    /** Stores a copy durably and makes it the one in force; the one before stays, for those who still read it. */
    Copy replace(String instance, String drive, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PRIVATE_FOLDER);
        int number = folders().stream().mapToInt(ImportStore::number).max().orElse(0) + 1;
        Path folder = createFolder(root.resolve("import-" + number));
        Durable.write(folder.resolve(INSTANCE), instance.getBytes(StandardCharsets.UTF_8));
        Durable.write(folder.resolve(DRIVE), drive.getBytes(StandardCharsets.UTF_8));
        Path content = createFolder(folder.resolve(FILES));
        Copy copy = new Copy(instance, drive, content);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = copy.file(file.getKey());
            createParent(content, target);
            Durable.write(target, file.getValue());
        }
        syncFolders(folder);
        Durable.sync(root);
        Durable.replace(root.resolve(CURRENT), ("import-" + number + "\n").getBytes(StandardCharsets.UTF_8));
        for (Path old : folders()) {
            if (number(old) < number - 1) {
                delete(old);
            }
        }
        return copy;
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(
                            p -> FOLDER.matcher(p.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static int number(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring("import-".length()));
    }

    private static Path createFolder(Path folder) throws IOException {
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
    }

    /** Creates the folders between the root and a file or folder below it. */
    private static void createParent(Path root, Path below) throws IOException {
        Path folder = below.getParent();
        if (folder == null || !folder.startsWith(root)) {
            throw new IOException(below + " would be written outside of " + root);
        }
        if (!Files.isDirectory(folder)) {
            createParent(root, folder);
            createFolder(folder);
        }
    }

    /** Makes the names durable too, from the leaves up. */
    private static void syncFolders(Path folder) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.walk(folder)) {
            folders = all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path one : folders) {
            Durable.sync(one);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
