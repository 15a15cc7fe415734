// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.l3distributor.config.internal.image.Volume;

/** A config drive that is mounted, or a directory with its layout. */
public record DirectoryDrive(Path root) implements Drive {
    @Override
    public String origin() {
        return root.toString();
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(Volume.MAX_FILE + 1);
            if (content.length > Volume.MAX_FILE) {
                throw new IOException(file + " is larger than " + Volume.MAX_FILE + " bytes");
            }
            return Optional.of(content);
        }
    }

    @Override
    public void close() {}
}
