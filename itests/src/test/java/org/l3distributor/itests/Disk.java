// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A small file system of a test's own, mounted where only this JVM and its children see it, which can fail at will. */
final class Disk implements AutoCloseable {
    /** EXT4_IOC_SHUTDOWN with NOLOGFLUSH: from now on nothing reaches the device, not even the journal. */
    private static final String SHUTDOWN = """
            import fcntl, os, struct, sys
            fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack("I", 2))
            """;

    private final Path at;
    private final List<String> mount;

    private Disk(Path at, List<String> mount) throws IOException, InterruptedException {
        this.at = Files.createDirectories(at);
        this.mount = mount;
        Command.run(at, mount);
    }

    /** In memory. */
    static Disk tmpfs(Path at, int mebibytes) throws IOException, InterruptedException {
        return new Disk(at, List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString()));
    }

    /** ext4 in a file, over a loop device that goes with the mount. */
    static Disk ext4(Path image, Path at, int mebibytes) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        Command.run("mkfs.ext4", "-q", image.toString());
        return new Disk(at, List.of("mount", "-o", "loop", image.toString(), at.toString()));
    }

    void remount(String options) throws IOException, InterruptedException {
        Command.run("mount", "-o", "remount," + options, at.toString());
    }

    /** Power is cut: what the device has by now is all that there will be. */
    void cut() throws IOException, InterruptedException {
        Command.run("python3", "-c", SHUTDOWN, at.toString());
    }

    /** Power is back: whoever used it must be gone, or be going. */
    void restore() throws Exception {
        unmount();
        Command.run(at.getParent(), mount);
    }

    private void unmount() throws Exception {
        Exception[] last = new Exception[1];
        Await.until(
                at + " can be unmounted",
                Duration.ofSeconds(10),
                () -> {
                    try {
                        Command.run("umount", at.toString());
                        return true;
                    } catch (IOException busy) {
                        last[0] = busy;
                        return false;
                    }
                },
                () -> last[0]);
    }

    @Override
    public void close() throws Exception {
        unmount();
    }
}
