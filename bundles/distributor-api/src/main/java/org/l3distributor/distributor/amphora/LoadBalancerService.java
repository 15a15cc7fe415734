// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * HAProxy as the Octavia controller drives it, one process group per load balancer. Whatever takes a VIP out of
 * service withdraws its route first, and a stage completes when that was written to the routers (or a bound of 1 s is
 * over) and HAProxy has done what was asked. What is given back as text are the words of the amphora API.
 */
@ProviderType
public interface LoadBalancerService {
    /**
     * Checks a configuration and keeps it; the running one goes on until {@link Action#RELOAD}. Refused as INVALID with
     * HAProxy's own words; then the one before stays.
     *
     * @param loadBalancer the load balancer's id, a path segment as it came
     * @param amphora the amphora's id as the controller names it
     */
    CompletionStage<Reply<StoredFile>> upload(String loadBalancer, String amphora, byte[] configuration);

    /** The configuration last taken; refused as NOT_FOUND where there is none. */
    CompletionStage<Reply<StoredFile>> configuration(String loadBalancer);

    /** Starts, stops or reloads; a reload of one that isn't running starts it. Gives the details to answer. */
    CompletionStage<Reply<String>> run(String loadBalancer, Action action);

    /** Withdraws, stops and forgets a load balancer; done also when there is none. */
    CompletionStage<Reply<Reply.Ok>> delete(String loadBalancer);

    /** Keeps a PEM file or certificate list of a load balancer. */
    CompletionStage<Reply<StoredFile>> putCertificate(String loadBalancer, String name, byte[] pem);

    /** The MD5 digest of a kept file, in hex; refused as NOT_FOUND where there is none. */
    CompletionStage<Reply<String>> certificateMd5(String loadBalancer, String name);

    /** Removes a kept file; done also when there is none. */
    CompletionStage<Reply<Reply.Ok>> deleteCertificate(String loadBalancer, String name);

    /** All listeners of the configurations last taken, by id. */
    List<ListenerView> listeners();

    /** How many load balancers have a running HAProxy. */
    int running();

    /** What clients still have of each load balancer whose configuration is kept, by id. HAProxy is asked, for 2 s at most. */
    CompletionStage<List<HeldConnections>> held();

    /**
     * HAProxy's version as its package has it, for example {@code 2.6.12-1+deb12u1}: of the program as it last began to
     * run. Where that isn't known it is asked now, for at most 10 s; empty where it isn't installed.
     */
    CompletionStage<Optional<String>> version();

    enum Action {
        START,
        STOP,
        RELOAD
    }

    /**
     * A file that is kept.
     *
     * @param md5 32 hex digits, as the amphora API compares them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record StoredFile(byte[] content, String md5) {}

    /**
     * One listener.
     *
     * @param type HTTP, TCP or TERMINATED_HTTPS
     * @param status ACTIVE while its load balancer's HAProxy runs, OFFLINE otherwise
     */
    record ListenerView(String id, String loadBalancer, String type, String status) {}
}
