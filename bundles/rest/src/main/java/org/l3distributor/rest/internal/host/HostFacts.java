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
import org.jspecify.annotations.Nullable;
import org.l3distributor.rest.internal.wire.ApplianceBody;
import org.l3distributor.rest.internal.wire.ApplianceBody.Balancer;
import org.l3distributor.rest.internal.wire.ApplianceBody.Cpu;
import org.l3distributor.rest.internal.wire.ApplianceBody.Details;
import org.l3distributor.rest.internal.wire.ApplianceBody.Disk;
import org.l3distributor.rest.internal.wire.ApplianceBody.Info;
import org.l3distributor.rest.internal.wire.ApplianceBody.Memory;

/** What /proc and the file system say of this host, in the words of Octavia's amphora API. */
public final class HostFacts {
    private static final String API = "1.0";
    private static final String NOT_INSTALLED = "not installed";
    private static final Balancer NONE = new Balancer(null, 0, List.of(), Map.of());

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

    /** @param haproxy its version; null on an appliance without a load balancer */
    public Info info(@Nullable String haproxy) {
        String others = haproxy == null ? null : NOT_INSTALLED;
        return new Info(hostname(), API, version, haproxy, others, others);
    }

    /** @param balancer null on an appliance without a load balancer */
    public Details details(@Nullable Balancer balancer, ApplianceBody.Distributor distributor) {
        Balancer held = balancer == null ? NONE : balancer;
        String others = balancer == null ? null : NOT_INSTALLED;
        return new Details(
                hostname(),
                API,
                version,
                held.version(),
                others,
                others,
                true,
                held.running(),
                0,
                Runtime.getRuntime().availableProcessors(),
                cpu(),
                memory(balancer != null),
                disk(),
                List.of(read("loadavg").split(" ")).subList(0, 3),
                "ACTIVE-ACTIVE",
                "OK",
                held.listeners(),
                held.networks(),
                Map.of(),
                "",
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

    private Memory memory(boolean forHaproxy) {
        Map<String, Long> kilobytes = new HashMap<>();
        read("meminfo").lines().forEach(line -> {
            String[] words = line.split("[: ]+", -1);
            kilobytes.put(words[0], Long.parseLong(words[1]));
        });
        return new Memory(
                kilobytes.getOrDefault("MemTotal", 0L),
                forHaproxy
                        ? HaproxyMemory.kilobytes(
                                kilobytes, Runtime.getRuntime().maxMemory())
                        : kilobytes.getOrDefault("MemFree", 0L),
                forHaproxy ? 0 : kilobytes.getOrDefault("Buffers", 0L),
                forHaproxy ? 0 : kilobytes.getOrDefault("Cached", 0L),
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
