// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.service.MetricSource;

/** The basics of the process: memory, threads, processor time, garbage collection. */
public final class ProcessMetrics implements MetricSource {
    private static final long PAGE = 4096;

    @Override
    public List<Metric> metrics() {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        return List.of(
                one("process_cpu_seconds_total", Type.COUNTER, "Processor time used, user and system.", cpuSeconds()),
                one(
                        "process_uptime_seconds",
                        Type.GAUGE,
                        "Time since the process started.",
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0),
                one("process_resident_memory_bytes", Type.GAUGE, "Resident memory.", residentBytes()),
                one("jvm_heap_used_bytes", Type.GAUGE, "Heap in use.", (double)
                        memory.getHeapMemoryUsage().getUsed()),
                one("jvm_heap_committed_bytes", Type.GAUGE, "Heap taken from the system.", (double)
                        memory.getHeapMemoryUsage().getCommitted()),
                one("jvm_nonheap_used_bytes", Type.GAUGE, "Classes and code.", (double)
                        memory.getNonHeapMemoryUsage().getUsed()),
                one("jvm_threads", Type.GAUGE, "Live threads.", threads.getThreadCount()),
                collections(
                        "jvm_gc_collections_total", "Garbage collections.", GarbageCollectorMXBean::getCollectionCount),
                collections(
                        "jvm_gc_seconds_total", "Time in garbage collections.", gc -> gc.getCollectionTime() / 1000.0));
    }

    private static Metric one(String name, Type type, String help, double value) {
        return new Metric(name, type, help, List.of(new Sample(Map.of(), value)));
    }

    private static Metric collections(
            String name, String help, java.util.function.ToDoubleFunction<GarbageCollectorMXBean> value) {
        return new Metric(
                name,
                Type.COUNTER,
                help,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(gc -> new Sample(Map.of("collector", gc.getName()), value.applyAsDouble(gc)))
                        .toList());
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** The second number of statm: resident pages (proc(5)). */
    private static double residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
            return Long.parseLong(pages[1]) * (double) PAGE;
        } catch (IOException e) {
            throw new UncheckedIOException("reading /proc/self/statm", e);
        }
    }
}
