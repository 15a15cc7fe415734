// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.io.IOException;
import java.util.Optional;

/** A file system in an image or a block device, for reading a few small files by their path. */
public interface Volume {
    /** Largest file that is read: what OpenStack puts on a config drive is a hundredth of it. */
    int MAX_FILE = 4 << 20;

    /** The volume's label without trailing blanks, "" when it has none. */
    String label() throws IOException;

    /**
     * The content of a file.
     *
     * @param path relative, with '/' between names
     * @return empty when there is no such file
     * @throws IOException when the volume can't be read, contradicts itself, or the file is too large
     */
    Optional<byte[]> read(String path) throws IOException;

    /**
     * Recognises the file system by its own marks.
     *
     * @return empty when it is neither ISO 9660 nor FAT
     */
    static Optional<Volume> open(ImageBytes bytes) throws IOException {
        Optional<Volume> iso = Iso9660.open(bytes);
        return iso.isPresent() ? iso : Fat.open(bytes);
    }
}
