// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.image;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie on a FAT volume, in bytes from its beginning.
 *
 * @param rootCluster first cluster of the root directory on FAT32; 0 on FAT12 and FAT16, where it has a place of its own
 * @param clusters number of data clusters; the first has number 2
 */
record FatLayout(
        long fatOffset,
        long rootOffset,
        int rootBytes,
        long rootCluster,
        long dataOffset,
        int clusterBytes,
        long clusters) {
    static final int BOOT_SECTOR = 512;

    private static final int LARGEST_ROOT = 1 << 20;

    /** Reads the BIOS parameter block; null when it isn't one. */
    static @Nullable FatLayout parse(ByteBuffer boot) {
        int sector = boot.getShort(11) & 0xFFFF;
        int perCluster = boot.get(13) & 0xFF;
        int reserved = boot.getShort(14) & 0xFFFF;
        int fats = boot.get(16) & 0xFF;
        int rootBytes = (boot.getShort(17) & 0xFFFF) * FatEntry.BYTES;
        boolean plausible = (boot.getShort(510) & 0xFFFF) == 0xAA55
                && Integer.bitCount(sector) == 1
                && sector >= 512
                && sector <= 4096
                && Integer.bitCount(perCluster) == 1
                && reserved > 0
                && (fats == 1 || fats == 2)
                && rootBytes <= LARGEST_ROOT;
        if (!plausible) {
            return null;
        }
        long small = boot.getShort(19) & 0xFFFF;
        long sectors = small != 0 ? small : boot.getInt(32) & 0xFFFF_FFFFL;
        long smallFat = boot.getShort(22) & 0xFFFF;
        long fatSectors = smallFat != 0 ? smallFat : boot.getInt(36) & 0xFFFF_FFFFL;
        long rootSector = reserved + fats * fatSectors;
        long dataSector = rootSector + (rootBytes + sector - 1) / sector;
        if (fatSectors == 0 || dataSector >= sectors) {
            return null;
        }
        return new FatLayout(
                (long) reserved * sector,
                rootSector * sector,
                rootBytes,
                rootBytes == 0 ? boot.getInt(44) & 0x0FFF_FFFFL : 0,
                dataSector * sector,
                perCluster * sector,
                (sectors - dataSector) / perCluster);
    }

    long offsetOf(long cluster) {
        return dataOffset + (cluster - 2) * clusterBytes;
    }
}
