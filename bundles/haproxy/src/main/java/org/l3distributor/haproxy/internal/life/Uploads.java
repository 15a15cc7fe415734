// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.haproxy.internal.config.ConfigurationReader;
import org.l3distributor.haproxy.internal.config.Names;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;
import org.l3distributor.haproxy.internal.files.Store;

/** Takes configurations in: writes them beside the old one, has HAProxy check them, and puts them in its place. */
final class Uploads {
    /** Below the 60 s for which a controller waits; a check that allocates a large TLS cache takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Store store;
    private final Programs programs;
    private final HaproxyCommand command;
    private final HaproxyLog log;

    Uploads(Store store, Programs programs, HaproxyCommand command, HaproxyLog log) {
        this.store = store;
        this.programs = programs;
        this.command = command;
        this.log = log;
    }

    /** Waits for HAProxy. Not for two uploads of the same load balancer at a time. */
    UploadResult upload(String loadBalancer, String amphora, byte[] bytes) {
        UploadResult result = check(loadBalancer, amphora, bytes);
        if (result instanceof UploadResult.Rejected rejected) {
            log.rejected(loadBalancer, rejected.details());
        } else if (result instanceof UploadResult.Failed failed) {
            log.failed(loadBalancer, failed.message(), failed.details());
        }
        return result;
    }

    private UploadResult check(String loadBalancer, String amphora, byte[] bytes) {
        if (!Names.isLoadBalancer(loadBalancer)) {
            return new UploadResult.Rejected("\"" + loadBalancer + "\" can't be the id of a load balancer");
        }
        String text;
        try {
            text = store.localized(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new UploadResult.Rejected("the configuration isn't UTF-8: " + e.getMessage());
        }
        HaproxyConfiguration content = ConfigurationReader.read(text);
        if (content.statisticsSocket() == null && !isBroken(text)) {
            return new UploadResult.Rejected("there is no \"stats socket\" in the global section: nobody could tell"
                    + " whether this HAProxy serves");
        }
        return write(loadBalancer, Names.peer(amphora), text, bytes);
    }

    /** What isn't even a global section is HAProxy's to judge, in its own words. */
    private static boolean isBroken(String text) {
        return text.lines().noneMatch(line -> line.strip().equals("global"));
    }

    private UploadResult write(String loadBalancer, String peer, String text, byte[] bytes) {
        LoadBalancerFiles files = store.files(loadBalancer);
        try {
            store.writeUpload(loadBalancer, text);
            Optional<String> missing = store.bringPrograms(text);
            if (missing.isPresent()) {
                store.rejectUpload(loadBalancer);
                return new UploadResult.Rejected(missing.get());
            }
            Programs.Finished checked = programs.run(command.check(files, files.uploaded(), peer), PATIENCE);
            if (checked.status() != 0) {
                store.rejectUpload(loadBalancer);
                return new UploadResult.Rejected(checked.output());
            }
            store.acceptUpload(loadBalancer, peer);
            byte[] stored = text.getBytes(StandardCharsets.UTF_8);
            return new UploadResult.Stored(
                    new StoredConfiguration(loadBalancer, text, Names.md5(stored), ConfigurationReader.read(text)),
                    Names.md5(bytes));
        } catch (IOException e) {
            return new UploadResult.Failed("Error storing haproxy configuration", forget(files, Store.words(e)));
        }
    }

    private static String forget(LoadBalancerFiles files, String why) {
        try {
            Files.deleteIfExists(files.uploaded());
            return why;
        } catch (IOException e) {
            return why + "; and removing it: " + Store.words(e);
        }
    }
}
