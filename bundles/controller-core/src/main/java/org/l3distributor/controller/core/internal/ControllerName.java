// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** The name of a controller that was given none: made once, and the same after a restart, so that it knows its own claims. */
record ControllerName(Path file) {
    String get() {
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            return kept.isEmpty() ? made() : kept;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e, e);
        }
    }

    private String made() throws IOException {
        String name = UUID.randomUUID().toString();
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.writeString(fresh, name + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return name;
    }
}
