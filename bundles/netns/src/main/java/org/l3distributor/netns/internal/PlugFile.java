// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.internal.netlink.Errno;

/**
 * The {@link PlugState} of one namespace on disk: {@code NAME.vips}, in the lines of {@link PlugText}. It is replaced
 * as a whole, and a write that returned survives a power cut. For one thread.
 */
final class PlugFile {
    private static final String SUFFIX = ".vips";
    private static final String TITLE = "# What L3 Distributor plugged into this namespace\n";

    private final String namespace;
    private final Path directory;
    private final Path file;

    PlugFile(Path directory, String namespace) {
        this.namespace = namespace;
        this.directory = directory;
        this.file = directory.resolve(namespace + SUFFIX);
    }

    /**
     * The namespaces with a file here.
     *
     * @throws IOException when the directory can't be read
     */
    static List<String> namespaces(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads it; a file that isn't there says that nothing is ours.
     *
     * @throws NetnsException when it can't be read, or isn't ours; then nobody can say what may be removed
     */
    PlugState load() {
        try {
            PlugState state = PlugState.empty();
            int number = 0;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                state = line.isBlank() || line.startsWith("#") ? state : parse(state, line, number);
            }
            return state;
        } catch (NoSuchFileException e) {
            return PlugState.empty();
        } catch (IOException e) {
            throw Errno.exception("read " + file, namespace, e);
        }
    }

    private PlugState parse(PlugState state, String line, int number) {
        try {
            return PlugText.read(state, line);
        } catch (IllegalArgumentException e) {
            throw unreadable(line, number, e);
        }
    }

    private NetnsException unreadable(String line, int number, IllegalArgumentException why) {
        String explanation = "line " + number + " is \"" + line + "\": " + why.getMessage()
                + "; mend the line, or remove the file and plug again";
        return new NetnsException("read " + file, namespace, "EBADMSG", explanation, why);
    }

    /**
     * Replaces it.
     *
     * @throws NetnsException when the disk refused; what was there before still is
     */
    void save(PlugState state) {
        try {
            Files.createDirectories(directory);
            Path fresh = directory.resolve(namespace + ".new");
            write(fresh, TITLE + PlugText.write(state));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true); // the new name is an entry of the directory
            }
        } catch (IOException e) {
            throw Errno.exception("write " + file, namespace, e);
        }
    }

    private static void write(Path path, String text) throws IOException {
        try (FileChannel out = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }
}
