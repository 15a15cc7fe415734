// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What every implementation of {@link ControllerStore} must do. */
public abstract class ControllerStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** An empty one; each call gives a fresh one. */
    protected abstract ControllerStore store() throws Exception;

    private static <T> List<T> list(ControllerStore on, ControllerStore.Work<List<T>> work) throws StoreException {
        return on.in(work);
    }

    private static <T> Optional<T> optional(ControllerStore on, ControllerStore.Work<Optional<T>> work)
            throws StoreException {
        return on.in(work);
    }

    private static boolean yes(ControllerStore on, ControllerStore.Work<Boolean> work) throws StoreException {
        return on.in(work);
    }

    @Test
    public void everyValue_comesBackAsItWas() throws Exception {
        ControllerStore on = store();
        LoadBalancer balancer = Things.loadBalancer("lb", "web", "203.0.113.10");
        var pool = Things.pool("pool", "lb");
        var listener = Things.listener("listener", "lb", 80, "pool");
        var member = Things.member("member", "pool", "10.0.0.1");
        var monitor = Things.monitor("monitor", "pool");
        Amphora amphora = Things.amphora("amp", "lb", "192.0.2.1", "198.51.100.1");
        Distributor distributor = new Distributor("dist", "L3_BGP", ProvisioningStatus.ACTIVE, "d", true, 2, 0);
        BgpSpeaker speaker = new BgpSpeaker(
                "speaker",
                AddressFamily.IPV6,
                new AsNumber(4_294_967_295L),
                "s",
                null,
                List.of(IpPrefix.parse("203.0.113.0/24"), IpPrefix.parse("2001:db8::/32")),
                0);
        BgpPeer peer = peer("peer");
        on.run(tx -> {
            tx.distributors().insert(distributor);
            tx.loadBalancers().insert(balancer);
            tx.pools().insert(pool);
            tx.listeners().insert(listener);
            tx.members().insert(member);
            tx.monitors().insert(monitor);
            tx.amphorae().insert(amphora.speakingFor("dist"));
            tx.speakers().insert(speaker);
            tx.peers().insert(peer);
        });
        on.run(tx -> {
            assertThat(tx.loadBalancers().find("lb")).contains(balancer);
            assertThat(tx.pools().find("pool")).contains(pool);
            assertThat(tx.listeners().find("listener")).contains(listener);
            assertThat(tx.members().find("member")).contains(member);
            assertThat(tx.monitors().find("monitor")).contains(monitor);
            assertThat(tx.amphorae().find("amp")).contains(amphora.speakingFor("dist"));
            assertThat(tx.distributors().find("dist")).contains(distributor);
            assertThat(tx.speakers().find("speaker")).contains(speaker);
            assertThat(tx.peers().find("peer")).contains(peer);
            assertThat(tx.peers().find("nobody")).isEmpty();
        });
    }

    @Test
    public void aDistributor_thatALoadBalancerChose_isKept_andStays() throws Exception {
        ControllerStore on = store();
        LoadBalancer made = Things.loadBalancer("lb", "web", "203.0.113.10");
        LoadBalancer chosen = new LoadBalancer(
                made.header(),
                made.vip(),
                made.additionalVips(),
                made.frontendNetworkId(),
                made.frontendSubnetId(),
                made.provider(),
                made.topology(),
                made.amphoraCount(),
                "dist");
        assertThatThrownBy(() -> on.run(tx -> tx.loadBalancers().insert(chosen)))
                .isInstanceOf(StoreConflict.class);
        on.run(tx -> {
            tx.distributors().insert(new Distributor("dist", "L3_BGP", ProvisioningStatus.ACTIVE, "d", true, 2, 0));
            tx.loadBalancers().insert(chosen);
            tx.loadBalancers().insert(Things.loadBalancer("other", "web", "203.0.113.11"));
        });
        assertThat(list(on, tx -> tx.loadBalancers().page(Query.where("l3d_distributor_id", "dist"))))
                .containsExactly(chosen);
        assertThatThrownBy(() -> yes(on, tx -> tx.distributors().delete("dist")))
                .isInstanceOf(StoreConflict.class);
    }

    private static BgpPeer peer(String id) {
        return new BgpPeer(
                id,
                IpAddress.parse("192.0.2.254"),
                new AsNumber(4_200_000_000L),
                "md5",
                1,
                9,
                3,
                "tor-a",
                "rack 1",
                Set.of(AddressFamily.IPV4),
                true,
                false,
                true,
                0);
    }

    @Test
    public void update_ofWhatWasRead_isDone_andOfAnOlderVersionIsNot() throws Exception {
        ControllerStore on = store();
        on.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10")));
        LoadBalancer read = on.in(tx -> tx.loadBalancers().find("lb").orElseThrow());
        LoadBalancer next = new LoadBalancer(
                read.header().with(ProvisioningStatus.ACTIVE),
                read.vip().allocated(IpAddress.parse("203.0.113.11"), "other-port"),
                read.additionalVips().subList(1, 2),
                read.frontendNetworkId(),
                read.frontendSubnetId(),
                read.provider(),
                read.topology(),
                5);
        assertThat(yes(on, tx -> tx.loadBalancers().update(read, next))).isTrue();
        assertThat(yes(on, tx -> tx.loadBalancers().update(read, read))).isFalse();
        LoadBalancer now = on.in(tx -> tx.loadBalancers().find("lb").orElseThrow());
        assertThat(now).isEqualTo(next.with(next.header().withVersion(1)));
        assertThat(yes(on, tx -> tx.loadBalancers().delete("lb"))).isTrue();
        assertThat(yes(on, tx -> tx.loadBalancers().delete("lb"))).isFalse();
        assertThat(yes(on, tx -> tx.loadBalancers().update(now, now))).isFalse();
        on.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", null)));
        on.run(tx -> assertThat(
                        tx.loadBalancers().find("lb").orElseThrow().vip().address())
                .isNull());
    }

    @Test
    public void aRowThatContradictsOthers_isAConflict_andNothingOfTheWorkIsDone() throws Exception {
        ControllerStore on = store();
        on.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10")));
        on.run(tx -> tx.listeners().insert(Things.listener("l1", "lb", 80, null)));
        assertThatThrownBy(() -> on.run(tx -> {
                    tx.listeners().insert(Things.listener("l2", "lb", 81, null));
                    tx.listeners().insert(Things.listener("l3", "lb", 80, null));
                }))
                .isInstanceOf(StoreConflict.class);
        assertThatThrownBy(() -> on.run(tx -> tx.pools().insert(Things.pool("p", "no such"))))
                .isInstanceOf(StoreConflict.class);
        assertThatThrownBy(() -> yes(on, tx -> tx.loadBalancers().delete("lb")))
                .as("a load balancer with a listener")
                .isInstanceOf(StoreConflict.class);
        assertThatThrownBy(() -> on.run(tx -> {
                    tx.pools().insert(Things.pool("p", "lb"));
                    throw new IllegalStateException("of the work");
                }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("of the work");
        assertThat(list(on, tx -> tx.listeners().page(Query.all()))).hasSize(1);
        assertThat(list(on, tx -> tx.pools().page(Query.all()))).isEmpty();
    }

    @Test
    public void pages_inEveryOrder_giveEveryRowOnce() throws Exception {
        ControllerStore on = store();
        List<String> names = List.of("b", "a", "", "b", "c", "a", "");
        on.run(tx -> {
            for (int i = 0; i < names.size(); i++) {
                tx.loadBalancers().insert(Things.loadBalancer("lb-" + i, names.get(i), "203.0.113." + i));
            }
        });
        assertThat(walked(on, Query.all())).containsExactly("lb-0", "lb-1", "lb-2", "lb-3", "lb-4", "lb-5", "lb-6");
        assertThat(walked(on, Query.all().by("name", true)))
                .containsExactly("lb-2", "lb-6", "lb-1", "lb-5", "lb-0", "lb-3", "lb-4");
        assertThat(walked(on, Query.all().by("name", false)))
                .containsExactly("lb-4", "lb-0", "lb-3", "lb-1", "lb-5", "lb-2", "lb-6");
        assertThat(walked(on, Query.where("name", "a").by("created_at", true))).containsExactly("lb-1", "lb-5");
        assertThat(walked(on, Query.where("vip_address", "203.0.113.4").and("enabled", "true")))
                .containsExactly("lb-4");
        assertThat(walked(on, Query.where("enabled", "false"))).isEmpty();
        assertThat(walked(
                        on,
                        Query.among("name", List.of("a", "c", "no such"))
                                .and("project_id", "project")
                                .by("name", false)))
                .containsExactly("lb-4", "lb-1", "lb-5");
        assertThat(walked(on, Query.among("id", List.of()))).isEmpty();
        on.run(tx -> {
            assertThat(tx.loadBalancers().page(Query.all().page(3, "gone"))).isEmpty();
            assertThat(tx.loadBalancers().fields()).contains("name", "project_id", "vip_address");
            assertThatThrownBy(() -> tx.loadBalancers().page(Query.where("no_such", "x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no column no_such");
        });
    }

    /** The ids, page by page of two. */
    private static List<String> walked(ControllerStore on, Query query) throws Exception {
        return on.in(tx -> {
            Rows<LoadBalancer> rows = tx.loadBalancers();
            List<String> ids = new java.util.ArrayList<>();
            List<LoadBalancer> page = rows.page(query.page(2, null));
            for (int pages = 0; !page.isEmpty() && pages < 20; pages++) {
                page.forEach(row -> ids.add(row.id()));
                page = rows.page(query.page(2, ids.get(ids.size() - 1)));
            }
            return ids;
        });
    }

    @Test
    public void speakersAndPeers_areAssignedOnce_andGoWithTheAmphora() throws Exception {
        ControllerStore on = store();
        BgpSpeaker speaker = new BgpSpeaker("s", AddressFamily.IPV4, new AsNumber(64512), "", "", List.of(), 0);
        on.run(tx -> {
            tx.amphorae().insert(Things.amphora("amp", null, "192.0.2.1", "198.51.100.1"));
            tx.speakers().insert(speaker);
            tx.peers().insert(peer("p1"));
            tx.peers().insert(peer("p2"));
            tx.speakers().addPeer("s", "p1");
            tx.speakers().addPeer("s", "p1");
            tx.speakers().addPeer("s", "p2");
            tx.speakers().assign("s", "amp");
            tx.speakers().assign("s", "amp");
        });
        on.run(tx -> {
            assertThat(tx.speakers().peers("s")).containsExactly(peer("p1"), peer("p2"));
            assertThat(tx.speakers().of("amp")).containsExactly(speaker);
            assertThat(tx.speakers().amphorae("s")).containsExactly("amp");
            assertThat(tx.speakers().removePeer("s", "p1")).isTrue();
            assertThat(tx.speakers().removePeer("s", "p1")).isFalse();
            assertThat(tx.amphorae().delete("amp")).isTrue();
            assertThat(tx.speakers().amphorae("s")).isEmpty();
        });
        assertThatThrownBy(() -> yes(on, tx -> tx.peers().delete("p2"))).isInstanceOf(StoreConflict.class);
    }

    @Test
    public void withdrawalsAndStatistics_areCounted() throws Exception {
        ControllerStore on = store();
        on.run(tx -> {
            for (int i = 0; i < 4; i++) {
                tx.withdrawals().insert(new Withdrawal("w" + i, "lb", "amp" + i, Things.AT.plusSeconds(i)));
            }
            tx.withdrawals().insert(new Withdrawal("other", "lb2", "amp", Things.AT.plusSeconds(3)));
            assertThat(tx.withdrawals().since("lb", Things.AT.plusSeconds(2))).isEqualTo(2);
            assertThat(tx.withdrawals().forget(Things.AT.plusSeconds(3))).isEqualTo(3);
            assertThat(tx.withdrawals().since("lb", Things.AT)).isEqualTo(1);
            ListenerStatistics one = new ListenerStatistics("l", "a", 1L << 40, 2, 3, 4, 5);
            tx.statistics().add(List.of(one, new ListenerStatistics("l", "b", 1, 1, 1, 1, 1)));
            tx.statistics().add(List.of(one));
            assertThat(tx.statistics().of("l"))
                    .containsExactly(
                            new ListenerStatistics("l", "a", 1L << 41, 4, 3, 8, 10),
                            new ListenerStatistics("l", "b", 1, 1, 1, 1, 1));
        });
    }

    private static Task task(int number, Instant now) {
        return Task.begin("task-" + number, "LB_CREATE", "target-" + number, "CHECKED", "{\"n\":" + number + "}", now);
    }

    private static List<Task> fill(ControllerStore on, int count) throws Exception {
        return on.in(tx -> {
            Instant now = tx.now();
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tasks.add(task(i, now));
                tx.tasks().insert(tasks.get(i));
            }
            return tasks;
        });
    }

    @Test
    public void now_isTheDatabasesClock() throws Exception {
        ControllerStore on = store();
        Instant before = Instant.now();
        Instant told = on.in(tx -> tx.now());
        assertThat(told).isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
    }

    @Test
    public void aTarget_hasOneOpenTask() throws Exception {
        ControllerStore on = store();
        Task first = fill(on, 1).get(0);
        Task second = Task.begin("other", "LB_DELETE", first.targetId(), "STOP", "", first.created());
        assertThatThrownBy(() -> on.run(tx -> tx.tasks().insert(second))).isInstanceOf(StoreConflict.class);
        assertThat(optional(on, tx -> tx.tasks().findOpen(first.targetId()))).contains(first);
        Task over = first.over("why", first.created().plusMillis(5));
        assertThat(yes(on, tx -> tx.tasks().save(over))).isTrue();
        on.run(tx -> tx.tasks().insert(second));
        on.run(tx -> {
            assertThat(tx.tasks().find(first.id())).contains(over);
            assertThat(tx.tasks().open(10)).containsExactly(second);
            assertThat(tx.tasks().forget(over.updated().plusMillis(1))).isEqualTo(1);
            assertThat(tx.tasks().find(first.id())).isEmpty();
        });
    }

    @Test
    public void aClaim_keepsOthersAway_untilItEndsOrIsGivenBack_andThenTheOldFenceSavesNothing() throws Exception {
        ControllerStore on = store();
        fill(on, 1);
        Task held = claim(on, "c1", LEASE).get(0);
        assertThat(held.fence()).isEqualTo(1);
        assertThat(held.claimedBy()).isEqualTo("c1");
        assertThat(claim(on, "c2", LEASE)).isEmpty();
        Task next = held.at("VIP_ALLOCATED", "{}", held.created()); // due at once, however fast the store is
        assertThat(yes(on, tx -> tx.tasks().save(next))).isTrue();
        assertThat(claim(on, "c2", LEASE)).as("saved, and held on").isEmpty();
        assertThat(yes(on, tx -> tx.tasks().release(next))).isTrue();
        Task second = claim(on, "c2", Duration.ofMillis(-1)).get(0); // ended already
        assertThat(second.step()).isEqualTo("VIP_ALLOCATED");
        Task third = claim(on, "c3", LEASE).get(0);
        assertThat(third.fence()).isEqualTo(3);
        on.run(tx -> {
            assertThat(tx.tasks().save(second.over(null, second.created()))).isFalse();
            assertThat(tx.tasks().renew(second, LEASE)).isFalse();
            assertThat(tx.tasks().release(second)).isFalse();
            assertThat(tx.tasks().renew(third, LEASE.multipliedBy(2))).isTrue();
            assertThat(tx.tasks().find(third.id()).orElseThrow().open()).isTrue();
        });
    }

    /** Somebody may end another's task: whoever works on it must not open it again. */
    @Test
    public void aTaskThatIsOver_isSavedByNobody_thoughItsFenceIsTheSame() throws Exception {
        ControllerStore on = store();
        fill(on, 1);
        Task held = claim(on, "c1", LEASE).get(0);
        assertThat(yes(on, tx -> tx.tasks().save(held.over("ended by another", held.created()))))
                .isTrue();
        Task next = held.at("VIP_ALLOCATED", "{}", held.created());
        assertThat(yes(on, tx -> tx.tasks().save(next))).isFalse();
        assertThat(yes(on, tx -> tx.tasks().release(next))).isFalse();
        assertThat(yes(on, tx -> tx.tasks().renew(next, LEASE))).isFalse();
        assertThat(yes(on, tx -> tx.tasks().hasten(held.targetId()))).isFalse();
        assertThat(optional(on, tx -> tx.tasks().findOpen(held.targetId()))).isEmpty();
    }

    @Test
    public void tasksOfSomeKinds_areClaimedBeforeOthersThatAreDueForLonger() throws Exception {
        ControllerStore on = store();
        Task usual = fill(on, 1).get(0);
        on.run(tx -> {
            for (String kind : List.of("AMPHORA_REPLACE", "SPEAKER_REPLACE")) {
                tx.tasks().insert(Task.begin("task-" + kind, kind, kind, "RUN", "{}", tx.now()));
            }
        });
        Set<String> urgent = Set.of("AMPHORA_REPLACE", "SPEAKER_REPLACE", "NOTHING");
        assertThat(list(on, tx -> tx.tasks().claim("c1", urgent, 1, LEASE))).hasSize(1);
        assertThat(list(on, tx -> tx.tasks().claim("c1", urgent, 10, LEASE)))
                .singleElement()
                .satisfies(task -> assertThat(task.claimedBy()).isEqualTo("c1"));
        assertThat(list(on, tx -> tx.tasks().claim("c1", urgent, 10, LEASE))).isEmpty();
        assertThat(claim(on, "c1", LEASE)).extracting(Task::id).containsExactly(usual.id());
    }

    private static List<Task> claim(ControllerStore on, String controller, Duration lease) throws Exception {
        return on.in(tx -> tx.tasks().claim(controller, 10, lease));
    }

    @Test
    public void aTaskThatIsNotDue_isNotClaimed_untilItIsHastened() throws Exception {
        ControllerStore on = store();
        Task task = fill(on, 1).get(0);
        Task later = task.again(task.created().plusSeconds(3600), "unreachable", task.created());
        on.run(tx -> assertThat(tx.tasks().save(later)).isTrue());
        assertThat(claim(on, "c1", LEASE)).isEmpty();
        assertThat(yes(on, tx -> tx.tasks().hasten(task.targetId()))).isTrue();
        assertThat(yes(on, tx -> tx.tasks().hasten("nobody"))).isFalse();
        Task claimed = claim(on, "c1", LEASE).get(0);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.error()).isEqualTo("unreachable");
    }

    private static AmphoraHealth heard(int number, Instant at) {
        return new AmphoraHealth("amp-" + number, at, false);
    }

    /** Amphorae amp-0 and so on, of no load balancer. */
    private static void amphorae(ControllerStore on, int count) throws Exception {
        on.run(tx -> {
            for (int i = 0; i < count; i++) {
                tx.amphorae().insert(Things.amphora("amp-" + i, null, "192.0.2." + i, "198.51.100." + i));
            }
        });
    }

    @Test
    public void heartbeats_ofAnAmphoraThatIsNotThere_makeNoRow() throws Exception {
        ControllerStore on = store();
        amphorae(on, 2);
        on.run(tx -> tx.health().heard(List.of(heard(0, Things.AT), heard(1, Things.AT))));
        on.run(tx -> tx.amphorae().delete("amp-1"));
        on.run(tx -> tx.health()
                .heard(List.of(
                        heard(0, Things.AT.plusSeconds(1)), heard(1, Things.AT.plusSeconds(1)), heard(7, Things.AT))));
        assertThat(list(on, tx -> tx.health().all())).containsExactly(heard(0, Things.AT.plusSeconds(1)));
        on.run(tx -> assertThat(tx.health().forget()).isZero());
    }

    @Test
    public void heartbeats_makeRows_andNeverGoBack() throws Exception {
        ControllerStore on = store();
        amphorae(on, 3);
        Instant later = Things.AT.plusMillis(1500);
        on.run(tx -> tx.health().heard(List.of(heard(2, Things.AT), heard(1, Things.AT))));
        on.run(tx -> tx.health().heard(List.of(heard(1, later), heard(2, Things.AT.minusSeconds(1)))));
        on.run(tx -> {
            tx.health().heard(List.of());
            assertThat(tx.health().all()).containsExactly(heard(1, later), heard(2, Things.AT));
            assertThat(tx.health().find("amp-1")).contains(heard(1, later));
            assertThat(tx.health().silent(later)).containsExactly(heard(2, Things.AT));
            assertThat(tx.health().count()).isEqualTo(2);
            assertThat(tx.health().setBusy("amp-1", true)).isTrue();
            assertThat(tx.health().setBusy("amp-1", true)).isFalse();
            assertThat(tx.health().setBusy("nobody", true)).isFalse();
            assertThat(tx.health().delete("amp-2")).isTrue();
            assertThat(tx.health().delete("amp-2")).isFalse();
        });
        assertThat(list(on, tx -> tx.health().all())).containsExactly(new AmphoraHealth("amp-1", later, true));
    }

    @Test
    public void staleAmphorae_areClaimedOnce_theLongestSilentFirst_andNeverBusyOnes() throws Exception {
        ControllerStore on = store();
        amphorae(on, 40);
        on.run(tx -> {
            List<AmphoraHealth> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(heard(i, Things.AT.plusSeconds(100 - i)));
            }
            tx.health().heard(all);
            tx.health().setBusy("amp-39", true);
        });
        List<String> every = IntStream.range(1, 40).mapToObj(i -> "amp-" + i).toList();
        assertThat(list(on, tx -> tx.health().claim(List.of(), Things.AT.plusSeconds(63))))
                .isEmpty();
        assertThat(list(on, tx -> tx.health().claim(every, Things.AT.plusSeconds(63))))
                .containsExactly(new AmphoraHealth("amp-38", Things.AT.plusSeconds(62), true));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<String> claimed = new ArrayList<>();
        try {
            List<Callable<List<AmphoraHealth>>> claims = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<String> some = every.subList(3 * i, 3 * i + 5);
                claims.add(() -> on.in(tx -> tx.health().claim(some, Things.AT.plusSeconds(1000))));
            }
            for (Future<List<AmphoraHealth>> claim : threads.invokeAll(claims)) {
                claim.get().forEach(one -> claimed.add(one.amphoraId()));
            }
        } finally {
            threads.shutdownNow();
        }
        claimed.addAll(on.in(tx -> tx.health().claim(every, Things.AT.plusSeconds(1000))).stream()
                .map(AmphoraHealth::amphoraId)
                .toList());
        assertThat(claimed).hasSize(37).doesNotHaveDuplicates().doesNotContain("amp-0", "amp-39", "amp-38");
    }

    @Test
    public void silentAmphorae_areTold_theLongestSilentFirst_unlessTheyComeOrGo() throws Exception {
        ControllerStore on = store();
        amphorae(on, 6);
        on.run(tx -> {
            List<AmphoraHealth> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(heard(i, Things.AT.plusSeconds(60 - i)));
            }
            tx.health().heard(all);
            tx.health().setBusy("amp-4", true);
            List<ProvisioningStatus> statuses = List.of(
                    ProvisioningStatus.ALLOCATED,
                    ProvisioningStatus.ALLOCATED,
                    ProvisioningStatus.BOOTING,
                    ProvisioningStatus.PENDING_DELETE,
                    ProvisioningStatus.ERROR,
                    ProvisioningStatus.ALLOCATED);
            for (int i = 0; i < 6; i++) {
                Amphora amphora = tx.amphorae().find("amp-" + i).orElseThrow();
                tx.amphorae().update(amphora, amphora.with(statuses.get(i)));
            }
        });
        assertThat(list(on, tx -> tx.health().silent(Things.AT.plusSeconds(60))))
                .containsExactly(
                        heard(5, Things.AT.plusSeconds(55)),
                        new AmphoraHealth("amp-4", Things.AT.plusSeconds(56), true),
                        heard(1, Things.AT.plusSeconds(59)));
    }

    @Test
    public void amphoraeThatAreGivenUp_areSilentForEver_untilTheyAreHeardOf() throws Exception {
        ControllerStore on = store();
        amphorae(on, 4);
        on.run(tx -> {
            tx.health()
                    .heard(List.of(
                            heard(0, Things.AT),
                            heard(1, Things.AT.plusSeconds(1)),
                            heard(2, Things.AT.plusSeconds(2)),
                            heard(3, Things.AT.plusSeconds(3))));
            tx.health().setBusy("amp-1", true);
        });
        on.run(tx -> assertThat(tx.health().giveUp(Things.AT.plusSeconds(3))).containsExactly("amp-0", "amp-2"));
        on.run(tx -> tx.health().heard(List.of(heard(2, Things.AT.plusSeconds(9)))));
        List<AmphoraHealth> rows = list(on, tx -> tx.health().all());
        assertThat(rows)
                .containsExactly(
                        heard(0, AmphoraHealth.GIVEN_UP),
                        new AmphoraHealth("amp-1", Things.AT.plusSeconds(1), true),
                        heard(2, Things.AT.plusSeconds(9)),
                        heard(3, Things.AT.plusSeconds(3)));
        assertThat(rows.get(0).givenUp()).isTrue();
    }
}
