// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.l3distributor.console.CommandRefused;

/** A file that an operator names; it is read on the appliance's host, with the appliance's rights. */
public final class InputFile {
    /** The bound of the REST API's bodies. */
    private static final long MOST = 4L * 1024 * 1024;

    private InputFile() {}

    public static String read(String name) throws CommandRefused {
        Path path = Path.of(name);
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MOST) {
                throw new CommandRefused(CommandRefused.line("FILE", name, "must be at most 4 MiB"));
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new CommandRefused(CommandRefused.line("FILE", name, "there is no such file on the appliance"));
        } catch (IOException e) {
            throw new CommandRefused(CommandRefused.line("FILE", name, "can't be read as UTF-8 text: " + e));
        }
    }
}
