// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.haproxy.Statistics;

class CountersTest {
    @TempDir
    Path directory;

    @Test
    void step_ofAListenerSeenForTheFirstTime_tellsAllThatHaproxyCounted() {
        assertThat(delta(Counters.empty(), 1, listener(10, 20, 3, 4))).isEqualTo(new Counters.Delta(10, 20, 3, 4));
    }

    @Test
    void step_ofTheSameWorker_tellsWhatWasAdded() {
        Counters after = next(Counters.empty(), 1, listener(10, 20, 3, 4));
        assertThat(delta(after, 1, listener(15, 27, 3, 6))).isEqualTo(new Counters.Delta(5, 7, 0, 2));
    }

    @Test
    void step_afterAReload_tellsAllOfTheNewWorkerEvenWhereItIsMore() {
        Counters after = next(Counters.empty(), 1, listener(10, 20, 3, 4));
        assertThat(delta(after, 2, listener(15, 5, 0, 9))).isEqualTo(new Counters.Delta(15, 5, 0, 9));
    }

    @Test
    void step_ofCountersThatFellBelowThoseOfAnUnknownWorker_tellsAllOfThem() {
        Counters octavias = new Counters(Map.of("l", new Counters.Seen(10, 20, 3, 4, 0)));
        assertThat(delta(octavias, 2, listener(4, 25, 1, 4))).isEqualTo(new Counters.Delta(4, 5, 1, 0));
    }

    @Test
    void retain_forgetsListenersThatAreGone() {
        Counters both =
                new Counters(Map.of("l", new Counters.Seen(1, 1, 1, 1, 1), "m", new Counters.Seen(1, 1, 1, 1, 1)));
        assertThat(both.retain(Set.of("m", "n")).listeners()).containsOnlyKeys("m");
    }

    @Test
    void load_ofWhatWasSaved_isTheSame() throws Exception {
        CounterFile file = new CounterFile(directory.resolve("stats_counters.json"));
        Counters counters = new Counters(
                Map.of("l", new Counters.Seen(1, 9007199254740993L, 3, 4, 5), "m", new Counters.Seen(0, 0, 0, 0, 6)));
        file.save(counters);
        assertThat(file.load()).isEqualTo(counters);
    }

    @Test
    void load_ofAFileThatOctaviasAgentWrote_readsItsFourNumbers() throws Exception {
        Path path = directory.resolve("stats_counters.json");
        Files.writeString(path, "{\"l\": {\"bin\": 1, \"bout\": 2, \"ereq\": 3, \"stot\": 4}}");
        assertThat(new CounterFile(path).load().listeners()).isEqualTo(Map.of("l", new Counters.Seen(1, 2, 3, 4, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"l\":", "\0\0\0", "{\"l\": {\"bin\": 1"})
    void load_ofAFileThatIsBroken_beginsAnew(String content) throws Exception {
        Path path = directory.resolve("stats_counters.json");
        Files.write(path, content.getBytes(StandardCharsets.UTF_8));
        assertThat(new CounterFile(path).load()).isEqualTo(Counters.empty());
    }

    @Test
    void load_withoutAFile_beginsAnew() throws Exception {
        assertThat(new CounterFile(directory.resolve("none")).load()).isEqualTo(Counters.empty());
    }

    @Test
    void save_beforeThereIsABasePath_makesIt() throws Exception {
        CounterFile file = new CounterFile(directory.resolve("base/stats_counters.json"));
        file.save(Counters.empty());
        assertThat(file.load()).isEqualTo(Counters.empty());
    }

    private static Counters.Delta delta(Counters counters, long worker, Statistics.Listener listener) {
        return step(counters, worker, listener).deltas().get("l");
    }

    private static Counters next(Counters counters, long worker, Statistics.Listener listener) {
        return step(counters, worker, listener).next();
    }

    private static Counters.Step step(Counters counters, long worker, Statistics.Listener listener) {
        return counters.step(List.of(new Statistics(worker, List.of(listener), List.of())));
    }

    private static Statistics.Listener listener(long bin, long bout, long ereq, long stot) {
        return new Statistics.Listener("l", "OPEN", bin, bout, 1, stot, ereq);
    }
}
