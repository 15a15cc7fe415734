// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory for each machine, named by its amphora's id: {@code machine} is what stands of it, {@code drive} its config
 * drive, {@code process} is written by the program. All of it is for its owner only: there are keys in it.
 */
final class MachineFiles {
    private static final String NEW = ".new";

    private final Path root;

    /** @throws IOException when the directory can't be made */
    MachineFiles(Path root) throws IOException {
        this.root = root;
        make(root);
    }

    Path root() {
        return root;
    }

    Path directory(String amphoraId) {
        return root.resolve(amphoraId);
    }

    Optional<Machine> find(String amphoraId) throws IOException {
        try {
            String text = Files.readString(directory(amphoraId).resolve("machine"), UTF_8);
            return Optional.of(Machine.read(amphoraId, text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(directory(amphoraId).resolve("machine") + ": " + e.getMessage(), e);
        }
    }

    /** By amphora id. */
    List<Machine> list() throws IOException {
        List<String> ids;
        try (Stream<Path> entries = Files.list(root)) {
            ids = entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
        List<Machine> machines = new ArrayList<>();
        for (String id : ids) {
            find(id).ifPresent(machines::add);
        }
        return machines;
    }

    /** All of it or nothing: made beside its place, and moved there. */
    void create(Machine machine, Map<String, byte[]> drive) throws IOException {
        Path beside = root.resolve("." + machine.amphoraId() + NEW);
        remove(beside);
        make(beside);
        for (var file : drive.entrySet()) {
            Path target = beside.resolve("drive").resolve(file.getKey());
            make(target.resolveSibling("").normalize());
            write(target, file.getValue());
        }
        write(beside.resolve("machine"), machine.write().getBytes(UTF_8));
        Files.move(beside, directory(machine.amphoraId()), ATOMIC_MOVE);
        force(root);
    }

    void replace(Machine machine) throws IOException {
        Path directory = directory(machine.amphoraId());
        Path beside = directory.resolve("machine" + NEW);
        write(beside, machine.write().getBytes(UTF_8));
        Files.move(beside, directory.resolve("machine"), ATOMIC_MOVE);
        force(directory);
    }

    /** The file that says what it is goes last: who is interrupted goes on. */
    void remove(String amphoraId) throws IOException {
        Path directory = directory(amphoraId);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(e -> !e.endsWith("machine")).toList()) {
                remove(entry);
            }
        }
        remove(directory);
        force(root);
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private static void make(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }
}
