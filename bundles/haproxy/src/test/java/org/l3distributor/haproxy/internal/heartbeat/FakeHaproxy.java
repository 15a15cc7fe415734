// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.HaproxyEvent;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Held;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;

/** Load balancers that say what the test has them say; those of which it says nothing don't answer. */
final class FakeHaproxy implements Haproxy {
    final Map<String, Optional<Statistics>> says = new ConcurrentSkipListMap<>();

    @Override
    public HaproxySnapshot snapshot() {
        List<LoadBalancerState> states = new ArrayList<>();
        says.forEach((id, said) -> states.add(new LoadBalancerState(
                id,
                LoadBalancerState.State.RUNNING,
                Instant.EPOCH,
                1,
                2,
                HaproxyConfiguration.none(),
                HaproxyConfiguration.none(),
                Set.of(),
                said.isPresent(),
                "")));
        return new HaproxySnapshot(states);
    }

    @Override
    public CompletionStage<Optional<Statistics>> statistics(String loadBalancer) {
        return CompletableFuture.completedFuture(says.get(loadBalancer));
    }

    @Override
    public CompletionStage<UploadResult> upload(String loadBalancer, String amphora, byte[] configuration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredConfiguration> configuration(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RunResult> start(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RunResult> reload(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RunResult.Failed>> refusal(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RunResult> stop(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RunResult> delete(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CertificateResult> putCertificate(String loadBalancer, String name, byte[] content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CertificateResult> certificate(String loadBalancer, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CertificateResult> deleteCertificate(String loadBalancer, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable listen(Consumer<HaproxyEvent> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<Held>> held(String loadBalancer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        throw new UnsupportedOperationException();
    }
}
