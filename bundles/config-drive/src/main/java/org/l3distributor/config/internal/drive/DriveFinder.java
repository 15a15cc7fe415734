// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for the config drive.
 *
 * @param devices block devices that are one if their label says so
 * @param directories places where one may be mounted
 */
public record DriveFinder(List<Path> devices, List<Path> directories) {
    /** What OpenStack calls the volume. */
    public static final String LABEL = "config-2";

    /** Where a Debian guest has its config drive: by label, as an optical drive, or mounted. */
    public static final DriveFinder DEFAULT = new DriveFinder(
            paths("/dev/disk/by-label/config-2", "/dev/disk/by-label/CONFIG-2", "/dev/sr0", "/dev/sr1"),
            paths("/mnt/config", "/media/configdrive", "/media/config-2", "/config-2"));

    private static List<Path> paths(String... names) {
        return Stream.of(names).map(Path::of).toList();
    }

    /**
     * Opens the drive at a given place.
     *
     * @param path a directory, an image file or a block device
     */
    public static Drive open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new DirectoryDrive(path);
        }
        if (!Files.exists(path)) {
            throw new IOException("there is no config drive at " + path);
        }
        return ImageDrive.open(path);
    }

    /**
     * Opens the first drive found.
     *
     * @throws IOException when there is none; the message says where it was looked for and why each wasn't it
     */
    public Drive find() throws IOException {
        StringBuilder looked = new StringBuilder();
        for (Path directory : directories) {
            if (Files.isRegularFile(directory.resolve(OpenstackLayout.META_DATA))) {
                return new DirectoryDrive(directory);
            }
        }
        for (Path device : devices) {
            if (Files.exists(device)) {
                try {
                    ImageDrive drive = ImageDrive.open(device);
                    if (drive.volume().label().equalsIgnoreCase(LABEL)) {
                        return drive;
                    }
                    drive.close();
                } catch (IOException e) {
                    looked.append("; ").append(e.getMessage());
                }
            }
        }
        throw new IOException("there is no config drive: no volume labelled " + LABEL + " among " + names(devices)
                + " and no " + OpenstackLayout.META_DATA + " below " + names(directories) + looked);
    }

    private static String names(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }
}
