// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * Keeps the driver's native library beside the database under one name. Left alone the driver unpacks a copy into the
 * temporary directory at each start, and each kill -9 leaves one there.
 */
public final class NativeLibrary {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /**
     * Call before the driver opens anything: it tries to load the library once in a process, and when that failed every
     * later open ends in an UnsatisfiedLinkError, however well the disk has mended since. Its loader, in contrast, may be
     * asked again and again. A path that the operator has set stays. When the library can't be stored or loaded from
     * there (noexec), the loader falls back to a copy of its own.
     *
     * @param notStored told why the library can't be kept there
     * @throws IOException when it can't be loaded now; nothing is spoilt, and a later call may succeed
     */
    public static void provide(Path directory, Consumer<IOException> notStored) throws IOException {
        if (System.getProperty(PATH) == null) {
            store(directory, notStored);
        }
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) { // its signature; no class of it may be left half-initialized, either
            throw new IOException("load SQLite's native library from " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void store(Path directory, Consumer<IOException> notStored) {
        String name = System.mapLibraryName("sqlitejdbc");
        try {
            store("/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name, directory, name);
            System.setProperty(PATH, directory.toAbsolutePath().toString());
            System.setProperty(NAME, name);
        } catch (IOException e) {
            notStored.accept(e);
        }
    }

    /** By rename, so that neither a crash nor a process that has the old one mapped meets half a library. */
    private static void store(String resource, Path directory, String name) throws IOException {
        byte[] wanted;
        try (InputStream in = JDBC.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            wanted = in.readAllBytes();
        }
        Path target = directory.resolve(name);
        if (Files.exists(target) && Arrays.equals(wanted, Files.readAllBytes(target))) {
            return;
        }
        Path fresh = directory.resolve(name + ".new");
        Files.write(fresh, wanted);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
