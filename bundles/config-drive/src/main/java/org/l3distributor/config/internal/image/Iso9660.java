// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ISO 9660 (ECMA-119) for reading, with the names of Joliet where the volume has them, or else of Rock Ridge, or else
 * the plain ones. Multi-extent and interleaved files are refused: nobody needs them for some kilobytes.
 */
final class Iso9660 implements Volume {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int MOST_DESCRIPTORS = 32;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int TERMINATOR = 255;
    private static final int ROOT_RECORD = 156;
    private static final int LARGEST_DIRECTORY = 1 << 20;

    private final ImageBytes bytes;
    private final String label;
    private final int blockSize;
    private final boolean joliet;
    private final IsoRecord root;

    private Iso9660(ImageBytes bytes, String label, int blockSize, boolean joliet, IsoRecord root) {
        this.bytes = bytes;
        this.label = label;
        this.blockSize = blockSize;
        this.joliet = joliet;
        this.root = root;
    }

    static Optional<Volume> open(ImageBytes bytes) throws IOException {
        if (!bytes.reaches((FIRST_DESCRIPTOR + 1L) * SECTOR)) {
            return Optional.empty();
        }
        ByteBuffer primary = null;
        ByteBuffer joliet = null;
        for (int i = 0; i < MOST_DESCRIPTORS; i++) {
            ByteBuffer descriptor = bytes.read((FIRST_DESCRIPTOR + (long) i) * SECTOR, SECTOR);
            if (!"CD001".equals(ascii(descriptor, 1, 5))) {
                break;
            }
            int type = descriptor.get(0) & 0xFF;
            if (type == TERMINATOR) {
                break;
            } else if (type == PRIMARY && primary == null) {
                primary = descriptor;
            } else if (type == SUPPLEMENTARY && isJoliet(descriptor)) {
                joliet = descriptor;
            }
        }
        return primary == null ? Optional.empty() : Optional.of(of(bytes, primary, joliet));
    }

    private static Iso9660 of(ImageBytes bytes, ByteBuffer primary, @Nullable ByteBuffer joliet) throws IOException {
        ByteBuffer names = joliet == null ? primary : joliet;
        int blockSize = names.getShort(128) & 0xFFFF;
        if (Integer.bitCount(blockSize) != 1 || blockSize < 512 || blockSize > SECTOR) {
            throw bytes.damaged("its blocks have " + blockSize + " bytes");
        }
        IsoRecord root = IsoRecord.parse(names, ROOT_RECORD, joliet != null);
        if (root == null) {
            throw bytes.damaged("it has no root directory");
        }
        return new Iso9660(bytes, ascii(primary, 40, 32).stripTrailing(), blockSize, joliet != null, root);
    }

    /** UCS-2 levels 1 to 3 (Joliet specification, "Supplementary Volume Descriptor"). */
    private static boolean isJoliet(ByteBuffer descriptor) {
        String escapes = ascii(descriptor, 88, 3);
        return escapes.equals("%/@") || escapes.equals("%/C") || escapes.equals("%/E");
    }

    private static String ascii(ByteBuffer from, int at, int length) {
        byte[] text = new byte[length];
        from.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        IsoRecord at = root;
        for (String name : path.split("/", -1)) {
            IsoRecord next = at.isDirectory() ? find(at, name) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        if (at.isDirectory()) {
            return Optional.empty();
        }
        if (at.isSplit() || at.size() > MAX_FILE) {
            throw new IOException(path + " has " + at.size() + " bytes or is in pieces; at most " + MAX_FILE
                    + " bytes in one piece are read");
        }
        return Optional.of(content(at).array());
    }

    private ByteBuffer content(IsoRecord record) throws IOException {
        return bytes.read(record.block() * blockSize, (int) record.size());
    }

    /** An exact match, or else one that differs in case: plain names are upper case. */
    private @Nullable IsoRecord find(IsoRecord directory, String name) throws IOException {
        IsoRecord near = null;
        for (IsoRecord record : list(directory)) {
            if (record.name().equals(name)) {
                return record;
            }
            if (near == null && record.name().equalsIgnoreCase(name)) {
                near = record;
            }
        }
        return near;
    }

    private List<IsoRecord> list(IsoRecord directory) throws IOException {
        if (directory.size() > LARGEST_DIRECTORY) {
            throw bytes.damaged("a directory has " + directory.size() + " bytes");
        }
        ByteBuffer data = content(directory);
        List<IsoRecord> records = new ArrayList<>();
        int at = 0;
        while (at < data.limit()) {
            int length = data.get(at) & 0xFF;
            if (length == 0) {
                at = (at / SECTOR + 1) * SECTOR; // records don't cross sectors
                continue;
            }
            IsoRecord record = IsoRecord.parse(data, at, joliet);
            if (record == null) {
                throw bytes.damaged("a directory record of " + length + " bytes doesn't fit");
            }
            records.add(joliet ? record : RockRidge.named(record, bytes, blockSize));
            at += length;
        }
        return records;
    }
}
