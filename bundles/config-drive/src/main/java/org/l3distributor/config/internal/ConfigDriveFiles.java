// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.Reply;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The keeper's other port: one class can't listen to both of them. */
@Component
public final class ConfigDriveFiles implements AgentFiles {
    private final ConfigKeeper keeper;

    @Activate
    public ConfigDriveFiles(@Reference ConfigDriveAgent agent) {
        keeper = agent.keeper();
    }

    @Override
    public AgentSettings settings() {
        return keeper.settings();
    }

    @Override
    public AutoCloseable listen(Consumer<AgentSettings> listener) {
        return keeper.listenToSettings(listener);
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> replaceConfiguration(byte[] text) {
        return keeper.replaceConfiguration(text);
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> replaceServerCertificate(byte[] pem) {
        return keeper.replaceServerCertificate(pem);
    }
}
