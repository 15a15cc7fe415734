// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The agent's own files as far as the amphora API changes them, and what they say of the amphora's role. The BGP
 * profile in the same files is {@code AgentConfiguration}'s.
 */
@ProviderType
public interface AgentFiles {
    /** The newest settings. */
    AgentSettings settings();

    /** Adds a listener that is told every later change; called on the configuration's own thread. */
    AutoCloseable listen(Consumer<AgentSettings> listener);

    /**
     * Replaces the agent's configuration file, durably. What the profile's sections said before stays in force when
     * the new file has none: the controller's template knows nothing of them. Refused as INVALID, with every reason in
     * the details, when the file can't be read or would take the listener or the profile away.
     */
    CompletionStage<Reply<Reply.Ok>> replaceConfiguration(byte[] text);

    /**
     * Replaces this server's certificate and key, durably; the next connection is served with it. Refused as INVALID
     * when it isn't a PEM pair of certificate and key that belong together.
     */
    CompletionStage<Reply<Reply.Ok>> replaceServerCertificate(byte[] pem);
}
