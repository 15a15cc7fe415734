// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * FAT12, FAT16 and FAT32 with long names, for reading. The number of clusters alone decides which of the three it is
 * (Microsoft's FAT specification, "FAT Type Determination").
 */
final class Fat implements Volume {
    private static final int LARGEST_DIRECTORY = 1 << 20;
    private static final int MOST_FAT12 = 4085;
    private static final int MOST_FAT16 = 65525;

    private final ImageBytes bytes;
    private final FatLayout layout;

    private Fat(ImageBytes bytes, FatLayout layout) {
        this.bytes = bytes;
        this.layout = layout;
    }

    static Optional<Volume> open(ImageBytes bytes) throws IOException {
        if (!bytes.reaches(FatLayout.BOOT_SECTOR)) {
            return Optional.empty();
        }
        FatLayout layout = FatLayout.parse(bytes.read(0, FatLayout.BOOT_SECTOR));
        return layout == null ? Optional.empty() : Optional.of(new Fat(bytes, layout));
    }

    @Override
    public String label() throws IOException {
        for (FatEntry entry : FatEntry.list(root())) {
            if (entry.isLabel()) {
                return entry.name();
            }
        }
        return "";
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        FatEntry at = null;
        for (String name : path.split("/", -1)) {
            if (at != null && !at.isDirectory()) {
                return Optional.empty();
            }
            ByteBuffer directory = at == null ? root() : chain(at.cluster(), LARGEST_DIRECTORY);
            at = find(FatEntry.list(directory), name);
            if (at == null) {
                return Optional.empty();
            }
        }
        if (at == null || at.isDirectory()) {
            return Optional.empty();
        }
        if (at.size() > MAX_FILE) {
            throw new IOException(path + " has " + at.size() + " bytes; at most " + MAX_FILE + " are read");
        }
        return Optional.of(content(at));
    }

    private byte[] content(FatEntry file) throws IOException {
        byte[] content = new byte[(int) file.size()];
        if (content.length > 0) {
            ByteBuffer data = chain(file.cluster(), content.length);
            if (data.limit() < content.length) {
                throw bytes.damaged("the clusters of a file end before the file does");
            }
            data.get(content);
        }
        return content;
    }

    private static @Nullable FatEntry find(List<FatEntry> entries, String name) {
        return entries.stream()
                .filter(e -> !e.isLabel() && e.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private ByteBuffer root() throws IOException {
        return layout.rootCluster() != 0
                ? chain(layout.rootCluster(), LARGEST_DIRECTORY)
                : bytes.read(layout.rootOffset(), layout.rootBytes());
    }

    /** The content of a chain of clusters, up to the cluster in which {@code enough} bytes are reached. */
    private ByteBuffer chain(long first, int enough) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long cluster = first;
        while (content.size() < enough && cluster >= 2 && cluster < layout.clusters() + 2) {
            content.writeBytes(
                    bytes.read(layout.offsetOf(cluster), layout.clusterBytes()).array());
            cluster = next(cluster);
        }
        return ByteBuffer.wrap(content.toByteArray()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    private long next(long cluster) throws IOException {
        if (layout.clusters() < MOST_FAT12) {
            int pair = bytes.read(layout.fatOffset() + cluster + cluster / 2, 2).getShort() & 0xFFFF;
            return cluster % 2 == 0 ? pair & 0xFFF : pair >>> 4;
        }
        if (layout.clusters() < MOST_FAT16) {
            return bytes.read(layout.fatOffset() + 2 * cluster, 2).getShort() & 0xFFFF;
        }
        return bytes.read(layout.fatOffset() + 4 * cluster, 4).getInt() & 0x0FFF_FFFF;
    }
}
