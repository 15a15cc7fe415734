// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.rest.internal.wire.ApplianceBody;
import org.l3distributor.rest.internal.wire.ApplianceBody.Cpu;
import org.l3distributor.rest.internal.wire.ApplianceBody.Details;
import org.l3distributor.rest.internal.wire.ApplianceBody.Disk;
import org.l3distributor.rest.internal.wire.ApplianceBody.Info;
import org.l3distributor.rest.internal.wire.ApplianceBody.Memory;

/** What /proc and the file system say of this host, in the words of Octavia's amphora API. */
public final class HostFacts {
    private static final String API = "1.0";

    private final Path proc;
    private final Path data;
    private final String version;

    /**
     * @param proc /proc
     * @param data a path on the file system whose space is told
     * @param version of this product
     */
    public HostFacts(Path proc, Path data, String version) {
        this.proc = proc;
        this.data = data;
        this.version = version;
    }

    public Info info() {
        return new Info(hostname(), API, version, null, null, null);
    }

    public Details details(ApplianceBody.Distributor distributor) {
        return new Details(
                hostname(),
                API,
                version,
                null,
                null,
                null,
                true,
                0,
                0,
                Runtime.getRuntime().availableProcessors(),
                cpu(),
                memory(),
                disk(),
                List.of(read("loadavg").split(" ")).subList(0, 3),
                "ACTIVE-ACTIVE",
                "OK",
                List.of(),
                Map.of(),
                Map.of(),
                distributor);
    }

    /** The kernel's name of this host; no resolver is asked. */
    private String hostname() {
        return read("sys/kernel/hostname").strip();
    }

    /** Columns of the first line after "cpu": user, nice, system, idle, iowait, irq, softirq, ... (proc(5)). */
    private Cpu cpu() {
        String[] columns = read("stat").lines().findFirst().orElse("").strip().split(" +");
        long total = Arrays.stream(columns).skip(1).mapToLong(Long::parseLong).sum();
        return new Cpu(total, columns[1], columns[3], columns[7]);
    }

    private Memory memory() {
        Map<String, Long> kilobytes = new HashMap<>();
        read("meminfo").lines().forEach(line -> {
            String[] words = line.split("[: ]+");
            kilobytes.put(words[0], Long.parseLong(words[1]));
        });
        return new Memory(
                kilobytes.getOrDefault("MemTotal", 0L),
                kilobytes.getOrDefault("MemFree", 0L),
                kilobytes.getOrDefault("Buffers", 0L),
                kilobytes.getOrDefault("Cached", 0L),
                kilobytes.getOrDefault("SwapTotal", 0L) - kilobytes.getOrDefault("SwapFree", 0L),
                kilobytes.getOrDefault("Shmem", 0L),
                kilobytes.getOrDefault("Slab", 0L));
    }

    private Disk disk() {
        try {
            FileStore store = Files.getFileStore(data);
            return new Disk(store.getTotalSpace() - store.getUnallocatedSpace(), store.getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the space below " + data, e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(proc.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + proc.resolve(name), e);
        }
    }
}
