// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an image file or a block device, read where they are asked for. Every read is checked and bounded. */
public final class ImageBytes implements AutoCloseable {
    private final FileChannel channel;
    private final String name;

    private ImageBytes(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    public static ImageBytes open(Path path) throws IOException {
        return new ImageBytes(FileChannel.open(path, StandardOpenOption.READ), path.toString());
    }

    /**
     * Exactly {@code length} bytes, little-endian as both file systems are.
     *
     * @throws IOException when they don't all exist
     */
    ByteBuffer read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > Volume.MAX_FILE) {
            throw damaged("it points to " + length + " bytes at " + offset);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw damaged("it ends before byte " + (offset + length));
            }
        }
        return buffer.flip();
    }

    /** True when there are that many bytes; a device has no size that could be asked for. */
    boolean reaches(long end) throws IOException {
        return channel.read(ByteBuffer.allocate(1), end - 1) == 1;
    }

    IOException damaged(String how) {
        return new IOException("the file system in " + name + " is damaged: " + how);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
