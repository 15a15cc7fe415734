// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.amphora.internal.profile.Ports;
import org.l3distributor.amphora.internal.wanted.Gate;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.l3distributor.net.IpPrefix;

/** A core over fakes, in one thread: nothing happens before {@link #settle}. */
final class World {
    final FakeSpeaker speaker;
    final FakeStore store = new FakeStore();
    final FakeLoop loop = new FakeLoop();
    final Deque<Runnable> storeTasks = new ArrayDeque<>();
    AgentConfiguration.Snapshot file =
            new AgentConfiguration.Snapshot("amphora-1", Samples.twoPeers(), List.of(), "config drive");
    Host host = new Host(
            List.of(Samples.ip("10.10.10.21")),
            List.of(Samples.ip("10.10.10.21")),
            Map.of(Samples.ip("10.10.10.1"), Samples.ip("10.10.10.21")),
            List.of(IpPrefix.parse("10.10.10.0/24")));
    Core core;

    World() {
        this(new FakeSpeaker());
    }

    /** Beside a speaker that an earlier core has left. */
    World(FakeSpeaker speaker) {
        this.speaker = speaker;
        core = newCore();
    }

    private Core newCore() {
        return new Core(
                speaker,
                loop,
                storeTasks::add,
                Runnable::run,
                peers -> host,
                new CoreSettings(Ports.BGP, Gate.REGISTERED));
    }

    /** A core with its configuration and its store. */
    static World running() {
        World world = new World();
        world.comeUp();
        return world;
    }

    void comeUp() {
        configure(file);
        core.bound(store);
        settle();
    }

    /** The old core is gone without a word, as after kill -9; a new one comes up on the same store. */
    void restart() {
        storeTasks.clear();
        core.close();
        speaker.calls.clear();
        core = newCore();
        comeUp();
    }

    void configure(AgentConfiguration.Snapshot snapshot) {
        file = snapshot;
        core.configured(new AgentConfiguration() {
            @Override
            public Snapshot snapshot() {
                return snapshot;
            }

            @Override
            public AutoCloseable listen(Consumer<Snapshot> listener) {
                return () -> {};
            }
        });
        settle();
    }

    void configure(@Nullable BgpProfile profile) {
        configure(new AgentConfiguration.Snapshot("amphora-1", profile, List.of(), "config drive"));
    }

    /** Runs the loop and the store's thread until both rest; no time passes. */
    void settle() {
        while (loop.runOne() || runStore()) {
            // goes on
        }
    }

    /** Runs the loop alone. */
    void loopOnly() {
        while (loop.runOne()) {
            // goes on
        }
    }

    boolean runStore() {
        Runnable task = storeTasks.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    void pass(Duration span) {
        Instant until = loop.now().plus(span);
        settle();
        while (loop.toNextTimer(until)) {
            settle();
        }
    }

    <T> T now(CompletionStage<T> stage) {
        settle();
        T value = stage.toCompletableFuture().getNow(null);
        if (value == null) {
            throw new AssertionError("there is no answer yet");
        }
        return value;
    }

    <T> T done(CompletionStage<Outcome<T>> stage) {
        Outcome<T> outcome = now(stage);
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("expected to be done, is " + outcome);
    }

    <T> Refusal refused(CompletionStage<Outcome<T>> stage) {
        Outcome<T> outcome = now(stage);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.reasons().get(0);
        }
        throw new AssertionError("expected a refusal, is " + outcome);
    }
}
