// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The alternate name of Rock Ridge (IEEE P1282 "NM"), which may go on in continuation areas (SUSP "CE"). */
final class RockRidge {
    private static final int MOST_CONTINUATIONS = 8;
    private static final int LONGEST_NAME = 1024;
    private static final int CURRENT_OR_PARENT = 0x06;

    private final ImageBytes bytes;
    private final int blockSize;
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();

    private RockRidge(ImageBytes bytes, int blockSize) {
        this.bytes = bytes;
        this.blockSize = blockSize;
    }

    /** The record under its Rock Ridge name; itself when it has none. */
    static IsoRecord named(IsoRecord record, ImageBytes bytes, int blockSize) throws IOException {
        RockRidge reader = new RockRidge(bytes, blockSize);
        ByteBuffer area = ByteBuffer.wrap(record.systemUse()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < MOST_CONTINUATIONS && area.hasRemaining(); i++) {
            area = reader.collect(area);
        }
        return reader.name.size() == 0 ? record : record.withName(reader.name.toString(StandardCharsets.UTF_8));
    }

    /** Takes the parts of the name out of one area; gives the next area, empty at the end. */
    private ByteBuffer collect(ByteBuffer area) throws IOException {
        ByteBuffer next = ByteBuffer.allocate(0);
        int at = 0;
        while (at + 4 <= area.limit()) {
            int length = area.get(at + 2) & 0xFF;
            if (length < 4 || at + length > area.limit()) {
                break;
            }
            if (is(area, at, 'N', 'M') && length > 5 && (area.get(at + 4) & CURRENT_OR_PARENT) == 0) {
                byte[] part = new byte[length - 5];
                area.get(at + 5, part);
                name.writeBytes(part);
                if (name.size() > LONGEST_NAME) {
                    throw bytes.damaged("a name is longer than " + LONGEST_NAME + " bytes");
                }
            } else if (is(area, at, 'C', 'E') && length >= 28) {
                long block = area.getInt(at + 4) & 0xFFFF_FFFFL;
                long offset = area.getInt(at + 12) & 0xFFFF_FFFFL;
                next = bytes.read(block * blockSize + offset, Math.min(area.getInt(at + 20) & 0x7FFF_FFFF, 1 << 16));
            }
            at += length;
        }
        return next;
    }

    private static boolean is(ByteBuffer area, int at, char first, char second) {
        return area.get(at) == first && area.get(at + 1) == second;
    }
}
