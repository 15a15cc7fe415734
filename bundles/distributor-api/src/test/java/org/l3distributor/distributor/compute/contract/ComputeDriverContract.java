// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.net.IpAddress;

/** What every {@link ComputeDriver} must pass; its own test extends this one. */
public abstract class ComputeDriverContract {
    protected static final String A = "aaaaaaaa-0000-4000-8000-000000000001";
    protected static final String B = "aaaaaaaa-0000-4000-8000-000000000002";

    private ComputeDriver driver;

    /** A driver without instances. */
    protected abstract ComputeDriver driver() throws Exception;

    /** The longest that an instance takes until it is active, or is gone. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    void open() throws Exception {
        driver = driver();
    }

    /** Leaves nothing running behind. */
    @AfterEach
    void deleteAll() throws Exception {
        for (Instance one : done(driver.list())) {
            done(driver.delete(one.amphoraId()));
        }
    }

    @Test
    void create_ofAnInstance_becomesActiveWithItsManagementAddress() throws Exception {
        Instance made = done(driver.create(spec(A, 1)));
        assertThat(made.amphoraId()).isEqualTo(A);
        assertThat(made.computeId()).isNotEmpty().hasSizeLessThanOrEqualTo(36);
        Instance active = active(A);
        assertThat(active.managementIp()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(active.portIds()).containsExactly("port-1");
        assertThat(active.fault()).isNull();
    }

    @Test
    void create_again_givesTheInstanceThatIsThere() throws Exception {
        Instance first = done(driver.create(spec(A, 1)));
        Instance again = done(driver.create(spec(A, 1)));
        assertThat(again.computeId()).isEqualTo(first.computeId());
        assertThat(done(driver.list())).hasSize(1);
    }

    @Test
    void create_byManyAtOnce_makesOne() throws Exception {
        int callers = 8;
        CountDownLatch start = new CountDownLatch(1);
        List<CompletionStage<Outcome<Instance>>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return; // an answer is missing then, which the count below shows
                }
                CompletionStage<Outcome<Instance>> answer = driver.create(spec(A, 1));
                synchronized (answers) {
                    answers.add(answer);
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join(patience().toMillis());
        }
        Set<String> ids = new HashSet<>();
        for (CompletionStage<Outcome<Instance>> answer : answers) {
            ids.add(done(answer).computeId());
        }
        assertThat(answers).hasSize(callers);
        assertThat(ids).hasSize(1);
    }

    @Test
    void find_ofWhatIsNotThere_isEmpty() throws Exception {
        assertThat(done(driver.find(A))).isEmpty();
        assertThat(done(driver.list())).isEmpty();
    }

    @Test
    void delete_isDoneOnceAndForAll() throws Exception {
        done(driver.create(spec(A, 1)));
        done(driver.create(spec(B, 2)));
        active(A);
        assertThat(done(driver.delete(A))).isTrue();
        assertThat(done(driver.find(A)).filter(i -> i.state() != Instance.State.DELETED))
                .isEmpty();
        assertThat(done(driver.delete(A))).isFalse();
        active(B);
        assertThat(done(driver.list())).extracting(Instance::amphoraId).contains(B);
    }

    @Test
    void create_afterDelete_makesAnother() throws Exception {
        Instance first = done(driver.create(spec(A, 1)));
        done(driver.delete(A));
        Instance second = done(driver.create(spec(A, 1)));
        assertThat(second.computeId()).isNotEqualTo(first.computeId());
        active(A);
    }

    @Test
    void attachAndDetach_mayBeRepeated() throws Exception {
        done(driver.create(spec(A, 1)));
        active(A);
        Port front = port("port-2", "198.51.100.1");
        done(driver.attach(A, front));
        assertThat(done(driver.attach(A, front)).portIds()).containsExactly("port-1", "port-2");
        done(driver.detach(A, "port-2"));
        assertThat(done(driver.detach(A, "port-2")).portIds()).containsExactly("port-1");
    }

    @Test
    void attachAndDetach_withoutAnInstance_areRefused() throws Exception {
        assertThat(refused(driver.attach(A, port("port-2", "198.51.100.1"))))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.NOT_FOUND);
        assertThat(refused(driver.detach(A, "port-2")))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void list_isInOrderOfTheAmphoraIds() throws Exception {
        done(driver.create(spec(B, 2)));
        done(driver.create(spec(A, 1)));
        assertThat(done(driver.list())).extracting(Instance::amphoraId).containsExactly(A, B);
    }

    /** A spec with one management port, {@code port-NUMBER} with the address 192.0.2.NUMBER. */
    protected InstanceSpec spec(String amphoraId, int number) {
        return new InstanceSpec(
                amphoraId,
                "amphora-" + amphoraId,
                List.of(port("port-" + number, "192.0.2." + number)),
                Map.of("/etc/octavia/amphora-agent.conf", "[DEFAULT]\n".getBytes(StandardCharsets.UTF_8)),
                null,
                false);
    }

    private static Port port(String id, String address) {
        return new Port(
                id,
                "name-of-" + id,
                "net-1",
                "02:00:00:00:00:0" + id.substring(id.length() - 1),
                List.of(new FixedIp("sub-1", IpAddress.parse(address))),
                "owner");
    }

    private Instance active(String amphoraId) throws Exception {
        long end = System.nanoTime() + patience().toNanos();
        while (true) {
            Optional<Instance> found = done(driver.find(amphoraId));
            if (found.isPresent() && found.get().state() == Instance.State.ACTIVE) {
                return found.get();
            }
            if (System.nanoTime() > end || (found.isPresent() && found.get().state() == Instance.State.ERROR)) {
                throw new AssertionError("not active: " + found);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    protected final <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = outcome(stage);
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    private <T> List<Refusal> refused(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = outcome(stage);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.reasons();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private <T> Outcome<T> outcome(CompletionStage<Outcome<T>> stage) throws Exception {
        return stage.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }
}
