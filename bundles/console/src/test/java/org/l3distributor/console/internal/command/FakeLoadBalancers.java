// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.Reply;

/** Load balancers that say what clients have of them, and are asked nothing else by the console. */
final class FakeLoadBalancers implements LoadBalancerService {
    private final List<HeldConnections> held;

    FakeLoadBalancers(List<HeldConnections> held) {
        this.held = held;
    }

    @Override
    public CompletionStage<List<HeldConnections>> held() {
        return CompletableFuture.completedStage(held);
    }

    @Override
    public CompletionStage<Reply<StoredFile>> upload(String loadBalancer, String amphora, byte[] configuration) {
        throw new UnsupportedOperationException("the console uploads nothing");
    }

    @Override
    public CompletionStage<Reply<StoredFile>> configuration(String loadBalancer) {
        throw new UnsupportedOperationException("the console shows no configuration");
    }

    @Override
    public CompletionStage<Reply<String>> run(String loadBalancer, Action action) {
        throw new UnsupportedOperationException("the console runs nothing");
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> delete(String loadBalancer) {
        throw new UnsupportedOperationException("the console deletes nothing");
    }

    @Override
    public CompletionStage<Reply<StoredFile>> putCertificate(String loadBalancer, String name, byte[] pem) {
        throw new UnsupportedOperationException("the console keeps no certificate");
    }

    @Override
    public CompletionStage<Reply<String>> certificateMd5(String loadBalancer, String name) {
        throw new UnsupportedOperationException("the console shows no certificate");
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> deleteCertificate(String loadBalancer, String name) {
        throw new UnsupportedOperationException("the console deletes no certificate");
    }

    @Override
    public List<ListenerView> listeners() {
        throw new UnsupportedOperationException("the console lists no listeners");
    }

    @Override
    public int running() {
        throw new UnsupportedOperationException("the console counts nothing");
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        throw new UnsupportedOperationException("the console shows no version");
    }
}
