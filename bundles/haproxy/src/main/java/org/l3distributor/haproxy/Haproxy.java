// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The HAProxy of each load balancer, kept as Octavia's amphora agent keeps it: the same files, words and flags.
 *
 * <p>Once started, a HAProxy is started again whenever it dies, at once the first time and then after 1, 2, 4, ... 15
 * seconds, until it is stopped or deleted. It outlives this service: whoever stops the service stops no HAProxy, and
 * the next one finds what runs, checks that it is what it should be, and goes on with it.
 *
 * <p>Calls for one load balancer are done in the order in which they came. Stages fail only by a bug; what may go
 * wrong is in the results.
 */
@ProviderType
public interface Haproxy {
    /**
     * Checks a configuration ({@code haproxy -c} in the namespace) and stores it durably. It is used from the next
     * start or reload on. {@code group} lines are taken out.
     *
     * @param amphora the amphora's id, of which HAProxy's name among its peers is made
     */
    CompletionStage<UploadResult> upload(String loadBalancer, String amphora, byte[] configuration);

    /** What is stored for a load balancer. Reads the disk. */
    Optional<StoredConfiguration> configuration(String loadBalancer);

    /** Starts it; one that runs is left alone. The stage completes when the worker has answered. */
    CompletionStage<RunResult> start(String loadBalancer);

    /**
     * Takes the stored configuration in use without losing a connection, and starts a HAProxy that isn't running. The
     * stage completes when the new worker has answered; old ones finish their connections.
     */
    CompletionStage<RunResult> reload(String loadBalancer);

    /**
     * Why a reload would be refused before HAProxy hears of it; empty when it would be tried, or would be a start. Changes
     * nothing. For who has to take a route away before a reload, and wouldn't for one that is refused.
     */
    CompletionStage<Optional<RunResult.Failed>> refusal(String loadBalancer);

    /** Stops it at once, with all its connections. */
    CompletionStage<RunResult> stop(String loadBalancer);

    /** Stops it and removes its configuration and certificates. Done also when there is nothing of it. */
    CompletionStage<RunResult> delete(String loadBalancer);

    /** Stores a certificate, or whatever else the file is, as it is given. Used from the next start or reload on. */
    CompletionStage<CertificateResult> putCertificate(String loadBalancer, String name, byte[] content);

    CompletionStage<CertificateResult> certificate(String loadBalancer, String name);

    /** Removes it; done also when it isn't there. */
    CompletionStage<CertificateResult> deleteCertificate(String loadBalancer, String name);

    /** As of now; no waiting. */
    HaproxySnapshot snapshot();

    /**
     * Tells every change from now on, one after the other, on the thread that made it, which must not be kept waiting. To
     * miss nothing, listen first and read the snapshot then. Close to end it.
     */
    AutoCloseable listen(Consumer<HaproxyEvent> listener);

    /** What its HAProxy says of itself; empty when it doesn't run or doesn't answer within two seconds. */
    CompletionStage<Optional<Statistics>> statistics(String loadBalancer);

    /**
     * What clients still have of it; empty while nobody can tell: it is being looked for or started, has died, or doesn't
     * answer within two seconds. One that isn't there holds nothing.
     */
    CompletionStage<Optional<Held>> held(String loadBalancer);

    /** The version of the installed HAProxy, such as {@code 2.6.12-1+deb12u4}; empty when there is none. */
    CompletionStage<Optional<String>> version();
}
