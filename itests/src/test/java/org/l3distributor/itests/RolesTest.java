// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Roles come and go on a running container, and touch nothing that isn't theirs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RolesTest {
    private static final String DISTRIBUTOR = "role-distributor";
    private static final String AMPHORA = "role-amphora";
    private static final String CONTROLLER = "role-controller";
    /** Pools that have no thread until they need it, and how many they may have. */
    private static final Map<String, Long> POOLS = Map.of("l#bgp-records-#", 4L, "controller-tables", 8L);

    private static final EnumSet<FeaturesService.Option> PLAIN = EnumSet.noneOf(FeaturesService.Option.class);

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    /** Bundles that stopped or lost their wiring, though nobody asked for it. */
    private final List<String> disturbed = new ArrayList<>();

    /** Bundles that stopped or lost their wiring, and may have been removed. */
    private final Set<Bundle> touched = ConcurrentHashMap.newKeySet();

    private final SynchronousBundleListener witness = this::witness;
    private Set<Long> present = Set.of();
    private Router router;

    @Configuration
    public Option[] container() throws Exception {
        return Container.with("");
    }

    @Before
    public void openRouter() throws Exception {
        router = new Router(Drive.ROUTER, Drive.ROUTER_AS);
    }

    @After
    public void closeRouter() throws Exception {
        context.removeBundleListener(witness);
        router.close();
    }

    private void witness(BundleEvent event) {
        boolean harm = (event.getType() & (BundleEvent.STOPPING | BundleEvent.UNRESOLVED)) != 0;
        if (harm && present.contains(event.getBundle().getBundleId())) {
            disturbed.add(event.getBundle().getSymbolicName());
            touched.add(event.getBundle());
        }
    }

    private void watch() {
        present = bundles();
        disturbed.clear();
        touched.clear();
        context.addBundleListener(witness);
    }

    private void install(String role) throws Exception {
        features.installFeatures(Set.of(role), PLAIN);
    }

    private void uninstall(String role) throws Exception {
        features.uninstallFeatures(Set.of(role), PLAIN);
    }

    /** What the launcher will read. */
    private static List<String> rolesOfTheNextStart() throws Exception {
        return Files.readAllLines(Path.of(System.getProperty("l3d.data"), "roles", "installed"));
    }

    private Set<String> own() {
        return Arrays.stream(context.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith("org.l3distributor."))
                .map(name -> name.substring("org.l3distributor.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> unsatisfied() {
        return components.getComponentDescriptionDTOs().stream()
                .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
                .filter(c ->
                        c.state != ComponentConfigurationDTO.ACTIVE && c.state != ComponentConfigurationDTO.SATISFIED)
                .map(c -> c.description.name)
                .toList();
    }

    /** Components that exist without any configuration yet: waiting for one of ConfigAdmin. */
    private List<String> waiting() {
        return components.getComponentDescriptionDTOs().stream()
                .filter(d -> d.name.startsWith("org.l3distributor."))
                .filter(d -> components.getComponentConfigurationDTOs(d).isEmpty())
                .map((ComponentDescriptionDTO d) -> d.name)
                .toList();
    }

    private void awaitSatisfied() throws Exception {
        Await.until(
                "every component has what it needs",
                Duration.ofSeconds(30),
                () -> unsatisfied().isEmpty() && waiting().isEmpty(),
                () -> "unsatisfied " + unsatisfied() + ", without a configuration " + waiting());
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(b -> ("org.l3distributor." + name).equals(b.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }

    /**
     * How many threads there are of each name, numbers left out; the pools of HTTP and RMI breathe, and so do the
     * JDK's own ones, which wait for the ends of processes and for timeouts. JNA's cleaner ends by itself after 30 s.
     */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.matches(
                        "(l3d-http-[0-9]|RMI |process reaper|CompletableFutureDelayScheduler|JNA Cleaner).*"))
                .map(name -> name.replaceAll("Connector-Scheduler-.*", "Connector-Scheduler")
                        .replaceAll("[0-9]+", "#"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> more(Map<String, Long> than) {
        Map<String, Long> more = threads();
        more.replaceAll((name, count) ->
                count - (than.containsKey(name) ? Math.max(than.get(name), POOLS.getOrDefault(name, 0L)) : 0));
        more.values().removeIf(count -> count <= 0);
        return more;
    }

    /** A client of the JDK's ends when it is collected; there is no other way in Java 17. */
    private static void awaitNoMoreThreads(Map<String, Long> than) throws Exception {
        int[] looks = new int[1];
        Await.until(
                "no thread is left behind",
                Duration.ofSeconds(30),
                () -> {
                    if (looks[0]++ % 200 == 0) {
                        System.gc();
                    }
                    return more(than).isEmpty();
                },
                () -> more(than));
    }

    private Controller controller() throws Exception {
        return Container.controller();
    }

    private Set<Long> bundles() {
        return Arrays.stream(context.getBundles()).map(Bundle::getBundleId).collect(Collectors.toSet());
    }

    @Test
    public void eachRoleAlone_comesAndGoes_andDisturbsNobody() throws Exception {
        assertEquals("an appliance without a role", Set.of("distributor-api", "net-types", "roles"), own());
        for (String role : List.of(DISTRIBUTOR, AMPHORA, CONTROLLER)) {
            Set<Long> before = bundles();
            Map<String, Long> threads = threads();
            watch();
            install(role);
            awaitSatisfied();
            assertEquals("disturbed by installing " + role, List.of(), disturbed);
            assertEquals("roles of the next start", List.of(role.replace("role-", "")), rolesOfTheNextStart());
            uninstall(role);
            assertEquals("roles of the next start", List.of(), rolesOfTheNextStart());
            assertEquals("disturbed by removing " + role, List.of(), disturbed);
            assertEquals("left behind by " + role, before, bundles());
            awaitNoMoreThreads(threads);
        }
    }

    @Test
    public void allThreeRoles_comeAndGoInAnyOrder_andEachDoorAnswersWhileItsRoleIsThere() throws Exception {
        awaitDoors(Set.of());
        Set<Long> before = bundles();
        Map<String, Long> threads = threads();
        List<String> order = new ArrayList<>(List.of(DISTRIBUTOR, AMPHORA, CONTROLLER));
        for (int time = 0; time < 3; time++) {
            Set<String> there = new TreeSet<>();
            for (String role : order) {
                watch();
                install(role);
                there.add(role);
                awaitSatisfied();
                assertEquals("disturbed by " + role + " among " + there, List.of(), disturbed);
                awaitDoors(there);
            }
            Collections.reverse(order); // who came first goes last, then first
            for (String role : order) {
                watch();
                uninstall(role);
                there.remove(role);
                awaitSatisfied();
                assertEquals("disturbed by removing " + role + ", left " + there, Set.of(), touchedAndStillThere());
                awaitDoors(there);
            }
            Collections.rotate(order, 1);
            assertEquals("left behind", before, bundles());
        }
        awaitNoMoreThreads(threads);
    }

    private Set<Bundle> touchedAndStillThere() {
        return touched.stream().filter(b -> b.getState() != Bundle.UNINSTALLED).collect(Collectors.toSet());
    }

    /** The amphora's API answers where a role of it is installed, the controller's where that one is, and nobody else. */
    private static void awaitDoors(Set<String> roles) throws Exception {
        boolean amphora = roles.contains(DISTRIBUTOR) || roles.contains(AMPHORA);
        boolean controller = roles.contains(CONTROLLER);
        String[] seen = new String[2];
        Await.until(
                "doors of " + roles,
                Duration.ofSeconds(30),
                () -> {
                    seen[0] = Doors.status("https://127.0.0.1:9443/1.0/distributor/peers");
                    seen[1] = Doors.status(ControllerFiles.URL + "/v2.0/lbaas/loadbalancers");
                    return seen[0].equals(amphora ? "200" : "closed") && seen[1].equals(controller ? "200" : "closed");
                },
                () -> "amphora " + seen[0] + ", controller " + seen[1]);
    }

    @Test
    public void roleAmphora_besideADistributor_comesAndGoesWithoutASessionReset() throws Exception {
        install(DISTRIBUTOR);
        try {
            awaitSatisfied();
            router.awaitEstablished();
            watch();
            install(AMPHORA);
            awaitSatisfied();
            assertTrue(own().containsAll(Set.of("netns", "load-balancer", "bgp-fsm", "amphora-core")));
            uninstall(AMPHORA);
            awaitSatisfied();
            assertEquals("disturbed", List.of(), disturbed);
            assertEquals("sessions", 1, router.sessions());
            assertTrue("the session stands", router.isEstablished());
        } finally {
            uninstall(DISTRIBUTOR);
        }
        router.await("a farewell", () -> !router.isEstablished());
        assertEquals("a removed speaker says Cease", List.of("6/2"), router.notifications());
    }

    @Test
    public void everythingAboveTheSpeaker_stoppedStartedAndRefreshed_resetsNoSessionAndWithdrawsNothing()
            throws Exception {
        install(DISTRIBUTOR);
        try {
            awaitSatisfied();
            router.awaitEstablished();
            assertEquals(200, controller().register("203.0.113.10").status());
            router.awaitTable(Set.of("203.0.113.10/32"));
            List<String> above =
                    List.of("console", "rest", "http", "config-drive", "store-jpa", "relational", "amphora-core");
            for (String name : above) {
                restartTwice(name);
            }
            refresh(above);
            awaitSatisfied();
            assertEquals(
                    "registrations", 200, controller().register("203.0.113.10").status());
            assertEquals("sessions", 1, router.sessions());
            assertEquals("withdrawals", 0, router.withdrawals());
            assertEquals("table", Set.of("203.0.113.10/32"), router.table());
            assertEquals(200, controller().unregister("203.0.113.10").status());
        } finally {
            uninstall(DISTRIBUTOR);
        }
    }

    @Test
    public void whatTheAmphoraServes_staysAnnouncedWhileItsBundlesRestart_andIsWithdrawnWithTheRole() throws Exception {
        String vip = "198.51.100.20";
        install(DISTRIBUTOR);
        install(AMPHORA);
        try (LoadBalancer haproxy = new LoadBalancer(Container.haproxy(), vip)) {
            awaitSatisfied();
            router.awaitEstablished();
            haproxy.serve(controller());
            router.awaitTable(Set.of(vip + "/32"));
            long master = haproxy.master().orElseThrow().pid();
            List<String> kept = List.of("load-balancer", "haproxy", "netns", "config-drive", "amphora-core");
            for (String name : kept) {
                restartTwice(name);
            }
            refresh(kept);
            awaitSatisfied();
            awaitServed(vip);
            assertEquals("withdrawals while bundles restart", 0, router.withdrawals());

            uninstall(AMPHORA);
            Await.until("withdrawn", Duration.ofSeconds(1), () -> router.table().isEmpty(), router::table);
            assertEquals("withdrawals", 1, router.withdrawals());
            assertEquals(
                    "HAProxy serves on", master, haproxy.master().orElseThrow().pid());

            install(AMPHORA);
            router.awaitTable(Set.of(vip + "/32"));
            assertEquals("sessions", 1, router.sessions());
            assertEquals(
                    200, controller().call("DELETE", "/1.0/listeners/lb1", "").status());
            assertEquals(Set.of(), router.table());
            assertEquals(
                    200, controller().call("DELETE", "/1.0/plug/vip/" + vip, "").status());
        } finally {
            uninstall(AMPHORA);
            uninstall(DISTRIBUTOR);
        }
    }

    @Test
    public void aVipThatNeedsABackEnd_isWithdrawnWhileItsLastOneIsDown_andItsReasonSaysSo() throws Exception {
        String vip = "198.51.100.21";
        install(AMPHORA);
        try (LoadBalancer haproxy = new LoadBalancer(Container.haproxy(), vip)) {
            awaitSatisfied();
            router.awaitEstablished();
            haproxy.serve(controller());
            router.awaitTable(Set.of(vip + "/32"));
            haproxy.backEnd(false);
            router.awaitTable(Set.of());
            String said = controller().get("/1.0/distributor/own_vips").body();
            assertTrue(said, said.contains("no back end of listener listener1 is up (0 of 1)"));
            haproxy.backEnd(true);
            router.awaitTable(Set.of(vip + "/32"));
            assertEquals("HAProxy was left alone", 1, router.withdrawals());
            assertEquals(
                    200, controller().call("DELETE", "/1.0/listeners/lb1", "").status());
            assertEquals(
                    200, controller().call("DELETE", "/1.0/plug/vip/" + vip, "").status());
        } finally {
            uninstall(AMPHORA);
        }
    }

    /** The restarted bundles have found what runs, and told it. */
    private void awaitServed(String vip) throws Exception {
        String path = "/1.0/distributor/own_vips";
        Await.until(
                "served again",
                Duration.ofSeconds(30),
                () -> controller().get(path).body().contains("\"served\":true"),
                () -> controller().get(path));
    }

    @Test
    public void everyOwnBundle_stoppedAndStartedTwice_leavesNoThreadBehind() throws Exception {
        install(DISTRIBUTOR);
        install(AMPHORA);
        install(CONTROLLER);
        try {
            awaitSatisfied();
            router.awaitEstablished();
            controller();
            awaitDoors(Set.of(DISTRIBUTOR, AMPHORA, CONTROLLER));
            Map<String, Long> threads = threads();
            POOLS.keySet().forEach(pool -> threads.putIfAbsent(pool, 0L)); // there, if without a thread yet
            for (String name : own()) {
                restartTwice(name);
            }
            router.awaitEstablished();
            controller();
            awaitDoors(Set.of(DISTRIBUTOR, AMPHORA, CONTROLLER));
            awaitNoMoreThreads(threads);
        } finally {
            uninstall(CONTROLLER);
            uninstall(AMPHORA);
            uninstall(DISTRIBUTOR);
        }
    }

    @Test
    public void theSpeaker_amongAllBundles_isStoppedFirst() throws Exception {
        install(DISTRIBUTOR);
        try {
            int speaker = level(bundle("bgp-fsm"));
            for (Bundle other : context.getBundles()) {
                boolean above = level(other) >= speaker;
                assertEquals(other + " starts at " + level(other), other.equals(bundle("bgp-fsm")), above);
            }
        } finally {
            uninstall(DISTRIBUTOR);
        }
    }

    private static int level(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }

    private void restartTwice(String name) throws Exception {
        for (int time = 0; time < 2; time++) {
            bundle(name).stop();
            bundle(name).start();
            awaitSatisfied();
        }
    }

    /** As after an update: their old wiring is thrown away, all at once. */
    private void refresh(List<String> names) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(names.stream().map(this::bundle).toList(), event -> done.countDown());
        assertTrue("refreshed", done.await(30, TimeUnit.SECONDS));
    }
}
