// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A directory entry, under its long name where it has one. */
record FatEntry(String name, int attributes, long cluster, long size) {
    static final int BYTES = 32;

    private static final int LABEL = 0x08;
    private static final int DIRECTORY = 0x10;
    private static final int LONG_NAME = 0x0F;
    private static final int LAST_PART = 0x40;
    private static final int DELETED = 0xE5;
    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;
    private static final int UNITS = 13;
    private static final int[] UNIT_OFFSETS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    boolean isDirectory() {
        return (attributes & DIRECTORY) != 0;
    }

    boolean isLabel() {
        return (attributes & LABEL) != 0;
    }

    static List<FatEntry> list(ByteBuffer directory) {
        List<FatEntry> entries = new ArrayList<>();
        StringBuilder longName = new StringBuilder();
        for (int at = 0; at + BYTES <= directory.limit(); at += BYTES) {
            int first = directory.get(at) & 0xFF;
            int attributes = directory.get(at + 11) & 0x3F;
            if (first == 0) {
                break;
            }
            if (first == DELETED) {
                longName.setLength(0);
            } else if (attributes == LONG_NAME) {
                // The parts stand in reverse order, the last one first.
                if ((first & LAST_PART) != 0 || longName.length() > 20 * UNITS) {
                    longName.setLength(0);
                }
                longName.insert(0, longPart(directory, at));
            } else {
                boolean label = (attributes & LABEL) != 0;
                String name = longName.length() > 0 && !label ? longName.toString() : shortName(directory, at, label);
                entries.add(new FatEntry(name, attributes, cluster(directory, at), size(directory, at)));
                longName.setLength(0);
            }
        }
        return entries;
    }

    private static long cluster(ByteBuffer directory, int at) {
        return ((directory.getShort(at + 20) & 0xFFFFL) << 16) | (directory.getShort(at + 26) & 0xFFFFL);
    }

    private static long size(ByteBuffer directory, int at) {
        return directory.getInt(at + 28) & 0xFFFF_FFFFL;
    }

    private static String longPart(ByteBuffer directory, int at) {
        StringBuilder part = new StringBuilder();
        for (int offset : UNIT_OFFSETS) {
            char unit = directory.getChar(at + offset);
            if (unit == 0 || unit == 0xFFFF) {
                break;
            }
            part.append(unit);
        }
        return part.toString();
    }

    private static String shortName(ByteBuffer directory, int at, boolean label) {
        byte[] raw = new byte[11];
        directory.get(at, raw);
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        if (label) {
            return text.stripTrailing();
        }
        int lower = directory.get(at + 12);
        String base = text.substring(0, 8).stripTrailing();
        String extension = text.substring(8).stripTrailing();
        String shownBase = (lower & LOWER_BASE) != 0 ? base.toLowerCase(Locale.ROOT) : base;
        String shownExtension = (lower & LOWER_EXTENSION) != 0 ? extension.toLowerCase(Locale.ROOT) : extension;
        return extension.isEmpty() ? shownBase : shownBase + "." + shownExtension;
    }
}
