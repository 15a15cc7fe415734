// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.IOException;
import java.util.Optional;

/** A config drive, open for reading. */
public interface Drive extends AutoCloseable {
    /** Where it is, for messages. */
    String origin();

    /**
     * A file below the drive's root; empty when there is none.
     *
     * @param path relative and normal, with '/' between names
     */
    Optional<byte[]> read(String path) throws IOException;

    @Override
    void close() throws IOException;
}
