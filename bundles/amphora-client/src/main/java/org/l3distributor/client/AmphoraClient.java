// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One amphora's API. All calls are idempotent, and repeated within their deadline while the amphora can't be reached,
 * unless they say otherwise. What an amphora has tried and couldn't do ({@code Unavailable} with status 500 in its
 * reason) is repeated only below {@code /1.0/distributor}. Stages never complete exceptionally.
 *
 * <p>Ids of load balancers and names of files are letters, digits, '_', '-' and '.'; others are an
 * {@link IllegalArgumentException}.
 */
@ProviderType
public interface AmphoraClient {
    /** The same amphora, but no call is repeated: for who comes by again anyway, and would hold up others. */
    AmphoraClient once();

    /** Registers all in one transaction, or none. Rejected with status 409 where one contradicts what stands. */
    CompletionStage<CallResult<List<RegistrationStatus>>> register(List<Registration> registrations);

    /** Removes all in one transaction; what isn't there is reported, and no failure. */
    CompletionStage<CallResult<RemovalResult>> unregister(List<Removal> removals);

    /** All registrations of amphorae, page by page; those that change meanwhile may be missing or there. */
    CompletionStage<CallResult<List<RegistrationStatus>>> registrations();

    /** The VIPs that the amphora serves itself. */
    CompletionStage<CallResult<List<OwnVipStatus>>> ownVips();

    /**
     * What clients still have of each load balancer that the amphora keeps; of one that isn't listed they have nothing. No
     * call of Octavia's agent, which rejects it with 404.
     */
    CompletionStage<CallResult<List<HeldConnections>>> heldConnections();

    /**
     * Whether the amphora's API is there; gives its version. Asked once and at once, whatever failed before: an answer
     * closes the breaker, none doesn't count. For who waits for an amphora that boots.
     */
    CompletionStage<CallResult<String>> discover();

    CompletionStage<CallResult<AmphoraInfo>> info();

    CompletionStage<CallResult<AmphoraDetails>> details();

    /** Makes an interface the front end, and puts VIPs on it. Rejected with 409 where it contradicts what stands. */
    CompletionStage<CallResult<PlugEnd>> plugVip(FrontEndPlug plug);

    /** Plugs an interface of a back-end network, or updates it. */
    CompletionStage<CallResult<PlugEnd>> plugNetwork(PlugService.NetworkPlug plug);

    /**
     * Withdraws a VIP and takes it off the amphora; the interface stays. Rejected with 409 while a load balancer's
     * configuration binds it. No call of Octavia's agent, which rejects it with 405.
     */
    CompletionStage<CallResult<Reply.Ok>> unplugVip(IpAddress vip);

    /** Has HAProxy's configuration checked and kept; a reload takes it up. Rejected with HAProxy's words. */
    CompletionStage<CallResult<Reply.Ok>> uploadHaproxy(String loadBalancerId, byte[] configuration);

    /** Starts a load balancer's HAProxy. Rejected with 404 before its first upload. */
    CompletionStage<CallResult<Reply.Ok>> start(String loadBalancerId);

    /** Takes up the last upload; starts a HAProxy that doesn't run. Rejected with 404 before its first upload. */
    CompletionStage<CallResult<Reply.Ok>> reload(String loadBalancerId);

    /** Withdraws and stops a load balancer that the amphora holds; one that it doesn't hold is stopped. */
    CompletionStage<CallResult<Reply.Ok>> stop(String loadBalancerId);

    /** Withdraws, stops and forgets a load balancer with its files; one that isn't there is gone. */
    CompletionStage<CallResult<Reply.Ok>> deleteLoadBalancer(String loadBalancerId);

    /**
     * Keeps a PEM file or certificate list of a load balancer.
     *
     * @param name letters, digits, '_', '-' and '.', ends with {@code .pem}
     */
    CompletionStage<CallResult<Reply.Ok>> putCertificate(String loadBalancerId, String name, byte[] content);

    /** The MD5 digest of a kept file, 32 hex digits; empty when there is none. */
    CompletionStage<CallResult<Optional<String>>> certificateMd5(String loadBalancerId, String name);

    /** Removes a kept file; one that isn't there is gone. */
    CompletionStage<CallResult<Reply.Ok>> deleteCertificate(String loadBalancerId, String name);

    /** Replaces the agent's whole configuration file. Rejected with every reason, and the one before stays. */
    CompletionStage<CallResult<Reply.Ok>> putConfig(byte[] text);

    /** Replaces the server's certificate and key: one PEM, certificate first. The next connection is served with it. */
    CompletionStage<CallResult<Reply.Ok>> putServerCertificate(byte[] pem);
}
