// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.l3distributor.config.internal.image.ImageBytes;
import org.l3distributor.config.internal.image.Volume;

/** A config drive in an image file or on a block device that nobody mounted. */
record ImageDrive(Path path, ImageBytes bytes, Volume volume) implements Drive {
    static ImageDrive open(Path path) throws IOException {
        ImageBytes bytes = ImageBytes.open(path);
        try {
            Optional<Volume> volume = Volume.open(bytes);
            if (volume.isPresent()) {
                return new ImageDrive(path, bytes, volume.get());
            }
            throw new IOException(path + " holds neither an ISO 9660 nor a FAT file system");
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public String origin() {
        return path.toString();
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return volume.read(name);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
