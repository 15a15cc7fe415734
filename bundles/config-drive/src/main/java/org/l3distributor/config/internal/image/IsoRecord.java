// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A directory record (ECMA-119 section 9.1).
 *
 * @param block first block of the content
 * @param size bytes of the content
 * @param systemUse what follows the name: where Rock Ridge lives
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what is in it, see below
record IsoRecord(String name, long block, long size, int flags, boolean interleaved, byte[] systemUse) {
    private static final int NAME = 33;
    private static final int DIRECTORY = 0x02;
    private static final int MORE_EXTENTS = 0x80;

    /** The record at an offset; null when it doesn't fit into its own length or the buffer. */
    static @Nullable IsoRecord parse(ByteBuffer from, int at, boolean joliet) {
        int length = from.get(at) & 0xFF;
        if (length <= NAME || at + length > from.limit()) {
            return null;
        }
        int nameLength = from.get(at + 32) & 0xFF;
        if (NAME + nameLength > length) {
            return null;
        }
        byte[] name = new byte[nameLength];
        from.get(at + NAME, name);
        // A name of even length is followed by a padding byte, so that what follows is aligned.
        int rest = Math.min(length, NAME + nameLength + (nameLength % 2 == 0 ? 1 : 0));
        byte[] systemUse = new byte[length - rest];
        from.get(at + rest, systemUse);
        return new IsoRecord(
                name(name, joliet),
                (from.getInt(at + 2) & 0xFFFF_FFFFL) + (from.get(at + 1) & 0xFF),
                from.getInt(at + 10) & 0xFFFF_FFFFL,
                from.get(at + 25) & 0xFF,
                from.get(at + 26) != 0 || from.get(at + 27) != 0,
                systemUse);
    }

    /** The name without its version (";1") and without the dot that ends a name that has no extension. */
    private static String name(byte[] raw, boolean joliet) {
        if (raw.length == 1 && (raw[0] == 0 || raw[0] == 1)) {
            return raw[0] == 0 ? "." : "..";
        }
        String name = new String(raw, joliet ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
        int version = name.indexOf(';');
        String plain = version < 0 ? name : name.substring(0, version);
        return !joliet && plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    boolean isDirectory() {
        return (flags & DIRECTORY) != 0;
    }

    boolean isSplit() {
        return interleaved || (flags & MORE_EXTENTS) != 0;
    }

    IsoRecord withName(String other) {
        return new IsoRecord(other, block, size, flags, interleaved, systemUse);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IsoRecord o
                && name.equals(o.name)
                && block == o.block
                && size == o.size
                && flags == o.flags
                && interleaved == o.interleaved
                && Arrays.equals(systemUse, o.systemUse);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Long.hashCode(block);
    }
}
