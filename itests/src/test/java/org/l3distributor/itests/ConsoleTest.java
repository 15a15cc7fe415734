// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Every command in the container's shell, with both roles installed: its table, its JSON, its completion, its refusals. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConsoleTest {
    private static final Set<String> SCOPES = Set.of("bgp", "controller", "distributor", "netns", "vip");
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String NEXT_HOP = "192.0.2.10";

    @Inject
    private SessionFactory shells;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Session shell;
    private Router router;

    @Configuration
    public Option[] container() throws Exception {
        return Container.with("role-distributor,role-amphora");
    }

    @Before
    public void begin() throws Exception {
        Container.controller();
        router = Container.router();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = shells.create(new ByteArrayInputStream(new byte[0]), out, out);
    }

    /** Each test has undone what it did; one that failed is undone here, so that it fails alone. */
    @After
    public void end() throws Exception {
        shell.close();
        Container.controller().clear();
        router.awaitTable(Set.of());
    }

    private String run(String line) throws Exception {
        printed.reset();
        assertEquals(line + " returns nothing, which a remote shell would show again", null, shell.execute(line));
        return printed.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** The table, and the same as one line of JSON with this field. */
    private JsonNode shows(String line, String inTable, String field) throws Exception {
        String table = run(line);
        assertTrue(line + ": " + table, table.contains(inTable));
        String json = run(line.contains(" ") ? line.replaceFirst(" ", " --json ") : line + " --json");
        assertEquals(json, 1, json.lines().count());
        JsonNode shown = new ObjectMapper().readTree(json);
        assertTrue(line + " --json: " + json, shown.has(field));
        return shown.get(field);
    }

    private void refuses(String line, String... words) {
        try {
            run(line);
        } catch (Exception refusal) {
            for (String word : words) {
                assertTrue(
                        line + ": " + refusal.getMessage(), refusal.getMessage().contains(word));
            }
            return;
        }
        fail(line + " should be refused");
    }

    private List<Command> commands() {
        return shell.getRegistry().getCommands().stream()
                .filter(command -> SCOPES.contains(command.getScope()))
                .toList();
    }

    private String completed(String start) {
        String[] words = start.split(" ", -1);
        int last = words.length - 1;
        List<String> candidates = new ArrayList<>();
        Command command = commands().stream()
                .filter(c -> words[0].equals(c.getScope() + ":" + c.getName()))
                .findFirst()
                .orElseThrow();
        command.getCompleter(false)
                .complete(
                        shell,
                        new CommandLineImpl(words, last, words[last].length(), start.length(), start),
                        candidates);
        return candidates.stream().map(String::strip).sorted().collect(Collectors.joining(" "));
    }

    @Test
    public void commands_areThoseOfTheProduct() {
        Set<String> names = commands().stream()
                .map(command -> command.getScope() + ":" + command.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of("bgp:advertised bgp:clear bgp:disable bgp:enable bgp:events bgp:neighbor bgp:profile bgp:refresh"
                        .concat(" bgp:summary distributor:commands distributor:connections distributor:list")
                        .concat(" distributor:metrics distributor:ready")
                        .concat(" distributor:register distributor:register-all distributor:unregister")
                        .concat(" distributor:unregister-all netns:plug netns:show netns:unplug vip:list")
                        .concat(" vip:own vip:register vip:unregister")
                        .split(" ")),
                names);
    }

    @Test
    public void amphora_registeredListedAndUnregistered_isWhatTheRouterHas() throws Exception {
        String wish = AMPHORA + " 203.0.113.10 " + NEXT_HOP;
        shows("distributor:register " + wish, "announced", "peers");
        router.awaitTable(Set.of("203.0.113.10/32"));
        assertEquals(1, shows("distributor:list", "203.0.113.10", "amphorae").size());
        assertEquals(
                1, shows("bgp:advertised tor", "203.0.113.10/32", "advertised").size());

        assertEquals("203.0.113.10", completed("distributor:unregister " + AMPHORA + " 203"));
        assertEquals(AMPHORA, completed("distributor:unregister 5a"));
        assertEquals(NEXT_HOP, completed("distributor:unregister " + AMPHORA + " 203.0.113.10 1"));
        assertEquals("tor", completed("distributor:unregister " + wish + " t"));
        assertEquals("of what isn't known yet", "tor", completed("distributor:register a 203.0.113.99 192.0.2.99 t"));

        refuses("distributor:register " + AMPHORA + " 203.0.113.10 192.0.2.99", NEXT_HOP);
        refuses("distributor:register " + AMPHORA + " 203.0.113.10/32 " + NEXT_HOP, "vip_ip", "203.0.113.10/32");
        refuses("distributor:register " + wish + " nobody", "peer_id", "nobody", "tor");
        String gone = run("distributor:unregister --json " + wish);
        assertTrue(gone, gone.contains("withdrawn"));
        refuses("distributor:unregister " + wish, "203.0.113.10");
    }

    @Test
    public void vip_registeredListedAndUnregistered_isWhatTheRouterHas() throws Exception {
        shows("vip:register 2001:db8:100::10 2001:db8:1::1", "announced", "peers");
        router.awaitTable(Set.of("2001:db8:100:0:0:0:0:10/128"));
        assertEquals(1, shows("vip:list", "2001:db8:100::10", "vips").size());
        assertEquals("2001:db8:100::10", completed("vip:unregister 2001"));
        String gone = run("vip:unregister 2001:db8:100::10 2001:db8:1::1");
        assertTrue(gone, gone.contains("withdrawn"));
        refuses("vip:register 2001:db8:100::10 " + NEXT_HOP, "nexthop_ip", "RFC 8950");
    }

    @Test
    public void bulk_ofAFile_isDoneOrRefusedAsAWhole() throws Exception {
        Path file = Files.createTempFile("bulk", ".json");
        String rows = "{\"vip_ip\": \"198.51.100.1\", \"nexthop_ip\": \"192.0.2.10\"},"
                + "{\"vip_ip\": \"%s\", \"nexthop_ip\": \"192.0.2.10\"}";
        Files.writeString(file, "{\"registrations\": [" + rows.formatted("224.0.0.1") + "]}");
        refuses("distributor:register-all " + file, "registrations[1].vip_ip", "224.0.0.1", "multicast");
        assertEquals(0, shows("vip:list", "", "vips").size());

        Files.writeString(file, "{\"registrations\": [" + rows.formatted("198.51.100.2") + "]}");
        assertEquals(
                2,
                shows("distributor:register-all " + file, "2 registered", "registrations")
                        .size());
        router.awaitTable(Set.of("198.51.100.1/32", "198.51.100.2/32"));
        assertEquals(
                0,
                shows("distributor:unregister-all " + file, "2 unregistered", "removed")
                        .size());
        Files.delete(file);
    }

    @Test
    public void session_lookedAtAndMaintained_showsOnTheRouter() throws Exception {
        shows("bgp:summary", "1 of 1 sessions Established", "peers");
        shows("bgp:neighbor tor", "Established since", "state");
        shows("bgp:events --limit 5 tor", "peer=tor", "events");
        for (String command : "neighbor advertised events disable enable clear refresh".split(" ")) {
            assertEquals(command, "tor", completed("bgp:" + command + " t"));
        }
        refuses("bgp:clear nobody", "peer_id", "nobody", "tor");
        int sessions = router.sessions();
        run("bgp:refresh --json tor");
        assertEquals(sessions, router.sessions());
        run("bgp:disable tor");
        router.await("the end of the session", () -> !router.isEstablished());
        run("bgp:enable tor");
        router.await("the second session", () -> router.sessions() == sessions + 1);
        run("bgp:clear tor");
        router.await("the third session", () -> router.sessions() == sessions + 2);
    }

    @Test
    public void profile_validatedSetAndReset_isInForceAtOnce() throws Exception {
        shows("bgp:profile", "64512", "speakers");
        Path file = Files.copy(
                Container.imported("etc/octavia/amphora-agent.conf"),
                Files.createTempFile("agent", ".conf"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String good = Files.readString(file);
        Files.writeString(file, good.replace("hold_time = 30", "hold_time = 2"));
        refuses("bgp:profile --validate " + file, "l3_bgp_peer:tor", "hold_time", "\"2\"");
        refuses("bgp:profile --set " + file, "l3_bgp_peer:tor", "hold_time", "\"2\"");
        Files.writeString(file, good.replace("hold_time = 30", "hold_time = 60"));
        String impact = run("bgp:profile --validate " + file);
        assertTrue(impact, impact.contains("hold_time") && impact.contains("60"));
        run("bgp:profile --set " + file);
        assertTrue(run("bgp:profile").contains("60"));
        run("bgp:profile --reset");
        assertTrue(run("bgp:profile").contains("30"));
        Files.delete(file);
        router.awaitEstablished();
    }

    @Test
    public void namespace_withAVipPluggedAndUnplugged_isShown() throws Exception {
        String plugged = run("netns:plug 203.0.113.77");
        assertTrue(plugged, plugged.contains("amphora-haproxy") && plugged.contains("203.0.113.77/32"));
        assertEquals(1, shows("netns:show", "203.0.113.77/32", "namespaces").size());
        assertEquals("203.0.113.77", completed("netns:unplug 203"));
        String unplugged = run("netns:unplug --json 203.0.113.77");
        assertTrue(unplugged, unplugged.contains("\"vips\":[]"));
        refuses("netns:plug 224.0.0.1", "vip_ip", "224.0.0.1");
    }

    @Test
    public void applianceItself_isReadyAndHasMetrics() throws Exception {
        assertTrue(shows("distributor:ready", "session tor", "ready").asBoolean());
        assertTrue(shows("distributor:metrics", "l3d_", "metrics").size() > 10);
    }
}
