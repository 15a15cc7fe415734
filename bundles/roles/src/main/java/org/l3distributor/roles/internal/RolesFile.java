// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.roles.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles of the next start: one a line, read by the launcher. Replaced as a whole, and durable before the call returns. */
final class RolesFile {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.roles");

    private final Path file;

    RolesFile(Path file) {
        this.file = file;
    }

    synchronized void keep(Set<String> roles) {
        String text = String.join("\n", new TreeSet<>(roles)) + (roles.isEmpty() ? "" : "\n");
        try {
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                return;
            }
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = folder.resolve(file.getFileName() + ".new");
            write(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
            LOG.info("roles next_start={}", new TreeSet<>(roles));
        } catch (IOException e) {
            LOG.error("roles next_start=unchanged file={} error=\"{}\"", file, e.toString());
        }
    }

    private static void write(Path to, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
