// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name of a namespace: a file below {@code /run/netns} on which the namespace is mounted, as {@code ip} does it. */
final class NamespaceFile {
    static final Path DIRECTORY = Path.of("/run/netns");
    /** Of the calling thread; {@code /proc/self} is the process's first thread, which is somewhere else. */
    static final Path CURRENT = Path.of("/proc/thread-self/ns/net");
    /** A file that is this old and still no namespace is no longer being made by anybody: its maker died half-way. */
    private static final Duration HALF_MADE = Duration.ofSeconds(2);

    private final Path path;

    /** What a namespace is told apart by while somebody holds it open. */
    record Identity(Map<String, Object> attributes) {
        boolean sameDevice(Identity other) {
            return Objects.equals(attributes.get("dev"), other.attributes.get("dev"));
        }
    }

    NamespaceFile(String name) {
        path = DIRECTORY.resolve(name);
    }

    Path path() {
        return path;
    }

    /** The namespace behind the name; null when there is none, or none yet. */
    @Nullable
    Identity identity() throws IOException {
        Identity named = identity(path);
        Identity current = identity(CURRENT);
        boolean namespace = named != null && current != null && named.sameDevice(current);
        return namespace ? named : null;
    }

    private static @Nullable Identity identity(Path path) throws IOException {
        try {
            return new Identity(Files.readAttributes(path, "unix:dev,ino"));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Makes a namespace, moves the thread into it and gives it the name.
     *
     * @return false when somebody else is making it at this moment
     */
    boolean make() throws IOException {
        shareDirectory();
        if (!makeFile()) {
            return false;
        }
        try {
            LibC.unshare(LibC.CLONE_NEWNET);
            LibC.mount(CURRENT.toString(), path.toString(), "none", new NativeLong(LibC.MS_BIND), null);
            return true;
        } catch (LastErrorException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private boolean makeFile() throws IOException {
        try {
            LibC.close(LibC.open(path.toString(), LibC.O_RDONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_CLOEXEC, 0));
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EEXIST) {
                throw e;
            }
            Instant made = Files.getLastModifiedTime(path).toInstant();
            return identity() == null && made.plus(HALF_MADE).isBefore(Instant.now());
        }
    }

    /** A shared mount of its own, so that names which are made or removed elsewhere are seen here and the other way. */
    private static void shareDirectory() throws IOException {
        Files.createDirectories(DIRECTORY);
        String directory = DIRECTORY.toString();
        NativeLong shared = new NativeLong(LibC.MS_SHARED | LibC.MS_REC);
        try {
            LibC.mount("", directory, "none", shared, null);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EINVAL) {
                throw e;
            }
            LibC.mount(directory, directory, "none", new NativeLong(LibC.MS_BIND | LibC.MS_REC), null);
            LibC.mount("", directory, "none", shared, null);
        }
    }
}
