// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import java.util.Map;

/**
 * How much memory HAProxy may have, in kB. The controller makes two fifths of what it is told HAProxy's TLS session
 * cache ({@code tune.ssl.cachesize}), and during a reload three processes hold one each: the check, the old and the new.
 * Reckoned in docs/adr/0095-memory-for-haproxy.md. Pure.
 */
final class HaproxyMemory {
    /** A larger cache makes the check and the reload of a configuration slow, and serves nobody. */
    static final long MOST = 512 * 1024;

    /** For the kernel and what else runs on an amphora. */
    private static final long SYSTEM = 128 * 1024;

    /** What a Java process takes beside its heap: code, classes, stacks, buffers. */
    private static final long JVM_BESIDE_HEAP = 128 * 1024;

    private HaproxyMemory() {}

    /**
     * What HAProxy may have.
     *
     * @param meminfo /proc/meminfo, in kB
     * @param maxHeap of this process, in bytes
     */
    static long kilobytes(Map<String, Long> meminfo, long maxHeap) {
        long reserved = SYSTEM + JVM_BESIDE_HEAP + maxHeap / 1024;
        long inTheLongRun = meminfo.getOrDefault("MemTotal", 0L) - reserved;
        // The caches of a HAProxy that runs are shared memory; a reload replaces them, so that they count as available.
        long now = meminfo.getOrDefault("MemAvailable", 0L) + meminfo.getOrDefault("Shmem", 0L);
        long threeCaches = Math.min(inTheLongRun, now) * 5 / 6;
        return Math.max(0, Math.min(MOST, threeCaches));
    }
}
