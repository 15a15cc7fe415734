// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.JDBC;
import org.sqlite.util.OSInfo;

/**
 * Keeps the driver's native library beside the database under one name. Left alone the driver unpacks a copy into the
 * temporary directory at each start, and each kill -9 leaves one there.
 */
final class NativeLibrary {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /**
     * Call before the driver is used for the first time. A path that the operator has set stays. When the library can't
     * be stored or loaded from there (noexec), the driver falls back to a copy of its own.
     */
    static void provide(Path directory) {
        if (System.getProperty(PATH) != null) {
            return;
        }
        String name = System.mapLibraryName("sqlitejdbc");
        try {
            store("/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name, directory, name);
            System.setProperty(PATH, directory.toAbsolutePath().toString());
            System.setProperty(NAME, name);
        } catch (IOException e) {
            StoreLog.nativeNotStored(directory, e);
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
