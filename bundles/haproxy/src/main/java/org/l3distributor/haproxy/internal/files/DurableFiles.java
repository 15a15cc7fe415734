// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that are there after a power cut, or aren't: never half of one. */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Writes a file that only root may read, and forces it to the disk. Nothing is left of it when that fails.
     *
     * @throws IOException when the disk refused
     */
    public static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file); // so that the permissions are those of a fresh file
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel out =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new IOException("write " + file + ": " + e.getMessage(), e); // a channel doesn't name its file
        }
    }

    /**
     * Writes a file in place of what may be there.
     *
     * @throws IOException when the disk refused; what was there still is
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        write(fresh, content);
        move(fresh, file);
    }

    /** The same with permissions of its own, whatever the process's umask is. */
    static void replace(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        write(fresh, content);
        Files.setPosixFilePermissions(fresh, permissions);
        move(fresh, file);
    }

    /** Moves a file within its directory, in place of what may be there. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(to);
    }

    /** Gives a file a second name, in place of what may have that name; the file stays when its first name goes. */
    public static void link(Path existing, Path name) throws IOException {
        Path fresh = name.resolveSibling("." + name.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createLink(fresh, existing);
        Files.move(fresh, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(fresh); // rename(2) does nothing when both are names of the same file
        force(name);
    }

    public static void remove(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            force(file);
        }
    }

    /** Removes a directory with all that is in it; links are removed, not followed. */
    public static void removeTree(Path directory) throws IOException {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
                        throws IOException {
                    if (fault != null) {
                        throw fault;
                    }
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
            force(directory);
        } catch (NoSuchFileException e) {
            return; // it is gone, which is what was asked for
        }
    }

    /** A name is an entry of its directory. */
    private static void force(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
