// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.net.NettySpeaker;
import org.l3distributor.net.PeerId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Publishes the speaker. It needs nobody, so nothing above it can end its sessions.
 *
 * <p>On SIGTERM the framework stops bundle after bundle, and ours may be late in the row: the farewell to the peers is
 * therefore said from a shutdown hook, which runs at once.
 */
@Component(service = BgpSpeaker.class, immediate = true, configurationPid = "org.l3distributor.bgp")
@Designate(ocd = SpeakerComponent.Config.class)
public final class SpeakerComponent implements BgpSpeaker {
    /** What an operator may set. */
    @ObjectClassDefinition(name = "BGP speaker")
    public @interface Config {
        @AttributeDefinition(description = "Seconds for which routes are kept whose owner's bundle went away; 0..3600")
        int ownerGraceSeconds() default 30;
    }

    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final NettySpeaker speaker;
    private final Thread hook;

    @Activate
    public SpeakerComponent(Config config) {
        int grace = config.ownerGraceSeconds();
        if (grace < 0 || grace > 3600) {
            throw new IllegalArgumentException(
                    "org.l3distributor.bgp: ownerGraceSeconds = " + grace + ": must be 0..3600");
        }
        speaker = new NettySpeaker(Duration.ofSeconds(grace), Peer.Pace.DEFAULT, new SplittableRandom());
        speaker.warmUp();
        hook = new Thread(() -> speaker.shutdown("the appliance stops", FAREWELL), "bgp-farewell");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Deactivate
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // then the hook is doing its work, and close() below finds the sessions ended
            speaker.shutdown("the appliance stops", FAREWELL);
        }
        speaker.close();
    }

    @Override
    public void configure(SpeakerSettings settings) {
        speaker.configure(settings);
    }

    @Override
    public SpeakerSettings settings() {
        return speaker.settings();
    }

    @Override
    public RouteOwner owner(String name) {
        return speaker.owner(name);
    }

    @Override
    public List<PeerSnapshot> peers() {
        return speaker.peers();
    }

    @Override
    public CompletionStage<List<AdvertisedRoute>> advertised(@Nullable PeerId peer) {
        return speaker.advertised(peer);
    }

    @Override
    public List<PeerEvent> events(@Nullable PeerId peer) {
        return speaker.events(peer);
    }

    @Override
    public void clear(PeerId peer) {
        speaker.clear(peer);
    }

    @Override
    public void refresh(PeerId peer) {
        speaker.refresh(peer);
    }

    @Override
    public CompletionStage<Void> settled() {
        return speaker.settled();
    }

    @Override
    public AutoCloseable listen(Consumer<PeerEvent> listener) {
        return speaker.listen(listener);
    }
}
