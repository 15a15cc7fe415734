// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An appliance, its router and what it promised to its clients: sees each start, and whether the promises are kept. */
final class Witness implements AutoCloseable {
    private final LongSummaryStatistics starts = new LongSummaryStatistics();
    private final Promises promises = new Promises();
    private final Pki pki;
    private final Appliance appliance;
    private final Router router;
    private Controller controller;

    /** The appliance's drive and keys lie in the directory, what it keeps in its data directory. */
    Witness(Path directory, Path data) throws Exception {
        pki = Pki.make(directory.resolve("pki"));
        appliance = new Appliance(data, Drive.write(directory.resolve("drive"), pki), "distributor");
        router = new Router(Drive.ROUTER, Drive.ROUTER_AS);
        controller = new Controller(pki.controller());
    }

    /** Starts the appliance, and waits until REST answers. */
    void start() throws Exception {
        long began = System.nanoTime();
        appliance.start();
        appliance.awaitReady();
        controller = new Controller(pki.controller()); // none of the connections that the last one left behind
        starts.accept((System.nanoTime() - began) / 1_000_000);
    }

    /** What the appliance lists is what it promised, and the router comes to hear exactly that. */
    void check(String when) throws Exception {
        Set<String> listed = listed();
        assertThat(promises.broken(listed)).as(when).isEmpty();
        router.awaitTable(listed.stream().map(vip -> vip + "/32").collect(Collectors.toCollection(TreeSet::new)));
        promises.settle(listed);
    }

    private Set<String> listed() throws IOException, InterruptedException {
        Controller.Answer answer = controller.get("/1.0/distributor/amphorae");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        Set<String> vips = new TreeSet<>();
        for (JsonNode row : new ObjectMapper().readTree(answer.body()).get("amphorae")) {
            vips.add(row.get("vip_ip").asText());
        }
        return vips;
    }

    Appliance appliance() {
        return appliance;
    }

    Router router() {
        return router;
    }

    Controller controller() {
        return controller;
    }

    Promises promises() {
        return promises;
    }

    String figures() {
        return "%d answers, none lost; REST answered %.1f s after the start (mean of %d; at most %.1f s)"
                .formatted(promises.answers(), starts.getAverage() / 1000, starts.getCount(), starts.getMax() / 1000.0);
    }

    @Override
    public void close() throws IOException {
        appliance.close();
        router.close();
    }
}
