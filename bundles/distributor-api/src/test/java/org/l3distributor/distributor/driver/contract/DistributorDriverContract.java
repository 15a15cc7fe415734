// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.Progress;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/**
 * What every {@link DistributorDriver} must do. A driver's test extends this class, and gives it drivers over
 * surroundings in which everything works.
 */
@Timeout(300)
public abstract class DistributorDriverContract {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final IpAddress VIP6 = IpAddress.parse("2001:db8:100::10");
    private static final IpAddress OTHER_VIP = IpAddress.parse("203.0.113.11");

    /** A driver over these records; one opened later is another controller's, in the same surroundings. */
    protected abstract DistributorDriver open(DistributorRecords records) throws Exception;

    /** Ends a driver as its bundle's stop does. */
    protected abstract void close(DistributorDriver driver) throws Exception;

    /** A distributor of the driver's type that can have four members. */
    protected abstract DistributorRecord distributor();

    /** A member that the surroundings have; numbers are 1..4, and addresses are of both families. */
    protected abstract Member member(int number);

    /** Makes the surroundings have these members serve the VIPs, where that is needed for traffic to reach them. */
    protected void serve(List<IpAddress> vips, Member member) throws Exception {}

    /** False for a driver that leads no traffic anywhere. */
    protected boolean announces() {
        return true;
    }

    protected final MemoryRecords records = new MemoryRecords();
    private final List<DistributorDriver> opened = new ArrayList<>();
    protected DistributorDriver driver;

    @BeforeEach
    void start() throws Exception {
        records.put(distributor());
        driver = another();
        for (int i = 1; i <= 4; i++) {
            serve(List.of(VIP, VIP6, OTHER_VIP), member(i));
        }
    }

    private DistributorDriver another() throws Exception {
        DistributorDriver made = open(records);
        opened.add(made);
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        for (DistributorDriver one : opened) {
            close(one);
        }
    }

    protected final VipKey key() {
        return new VipKey(distributor().id(), "lb1");
    }

    private static <T> DriverResult<T> ended(Operation<T> operation) throws Exception {
        DriverResult<T> result = operation.result().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(operation.progress()).isEqualTo(Progress.FINISHED);
        assertThat(operation.cancel()).as("what has ended can't be taken back").isFalse();
        return result;
    }

    private static <T> T done(Operation<T> operation) throws Exception {
        DriverResult<T> result = ended(operation);
        assertThat(result).isInstanceOf(DriverResult.Done.class);
        return ((DriverResult.Done<T>) result).value();
    }

    private static void refused(Refusal.Kind kind, Operation<?> operation) throws Exception {
        DriverResult<?> result = ended(operation);
        assertThat(result).isInstanceOf(DriverResult.Refused.class);
        assertThat(((DriverResult.Refused<?>) result).reasons()).allSatisfy(reason -> {
            assertThat(reason.kind()).isEqualTo(kind);
            assertThat(reason.rule()).isNotBlank();
        });
    }

    private DistributorStatus status() throws Exception {
        DriverResult<DistributorStatus> result =
                driver.status(distributor().id()).toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(DriverResult.Done.class);
        return ((DriverResult.Done<DistributorStatus>) result).value();
    }

    private void reaches(VipStatus status, int... numbers) {
        List<String> ids = new ArrayList<>();
        for (int number : numbers) {
            ids.add(member(number).amphoraId());
        }
        assertThat(status.members().stream().map(MemberStatus::amphoraId).distinct())
                .containsExactlyElementsOf(ids);
        MemberStatus.Reach wanted = announces() ? MemberStatus.Reach.ANNOUNCED : MemberStatus.Reach.UNMANAGED;
        assertThat(status.members()).allSatisfy(m -> {
            assertThat(m.reach()).isEqualTo(wanted);
            assertThat(m.nextHop()).isNotNull();
        });
    }

    private void withVip() throws Exception {
        done(driver.createDistributor(distributor().id()));
        done(driver.addVip(key(), List.of(VIP, VIP6)));
    }

    @Test
    public void createDistributor_isDone_alsoTheSecondTime() throws Exception {
        assertThat(done(driver.createDistributor(distributor().id())).distributorId())
                .isEqualTo(distributor().id());
        done(driver.createDistributor(distributor().id()));
    }

    @Test
    public void createDistributor_ofOneThatNobodyKnows_isRefused() throws Exception {
        refused(Refusal.Kind.NOT_FOUND, driver.createDistributor("nobody"));
    }

    @Test
    public void createDistributor_ofAnotherType_isRefused() throws Exception {
        DistributorRecord own = distributor();
        records.put(new DistributorRecord("alien", "ANOTHER", own.topology(), own.redundancy(), own.speakers()));
        refused(Refusal.Kind.NOT_FOUND, driver.createDistributor("alien"));
    }

    @Test
    public void deleteDistributor_withVips_isRefused_andWithoutThemDone() throws Exception {
        withVip();
        refused(Refusal.Kind.CONFLICT, driver.deleteDistributor(distributor().id()));
        done(driver.removeVip(key()));
        done(driver.deleteDistributor(distributor().id()));
        records.drop(distributor().id());
        done(driver.deleteDistributor(distributor().id()));
    }

    @Test
    public void addVip_isDone_alsoTheSecondTime_andRefusedWithOtherAddresses() throws Exception {
        withVip();
        assertThat(done(driver.addVip(key(), List.of(VIP, VIP6))).members()).isEmpty();
        refused(Refusal.Kind.CONFLICT, driver.addVip(key(), List.of(OTHER_VIP)));
        assertThat(records.vip(key()).orElseThrow().vips()).containsExactly(VIP, VIP6);
    }

    @Test
    public void addVip_toAnUnknownDistributor_isRefused() throws Exception {
        refused(Refusal.Kind.NOT_FOUND, driver.addVip(new VipKey("nobody", "lb1"), List.of(VIP)));
    }

    @Test
    public void addVip_withoutAnAddressOrWithOneTwice_isRefused() throws Exception {
        refused(Refusal.Kind.INVALID, driver.addVip(key(), List.of()));
        refused(Refusal.Kind.INVALID, driver.addVip(key(), List.of(VIP, VIP)));
        assertThat(records.vip(key())).isEmpty();
    }

    @Test
    public void registerAmphorae_leadsTrafficToAllOfThem_andAgainChangesNothing() throws Exception {
        withVip();
        reaches(done(driver.registerAmphorae(key(), List.of(member(2), member(1)))), 1, 2);
        VipRecord stored = records.vip(key()).orElseThrow();
        reaches(done(driver.registerAmphorae(key(), List.of(member(1), member(2)))), 1, 2);
        assertThat(records.vip(key())).contains(stored);
        assertThat(status().vips()).singleElement().satisfies(vip -> reaches(vip, 1, 2));
    }

    @Test
    public void registerAmphorae_oneByOne_keepsThoseBefore() throws Exception {
        withVip();
        for (int i = 1; i <= 4; i++) {
            done(driver.registerAmphorae(key(), List.of(member(i))));
        }
        reaches(done(driver.registerAmphorae(key(), List.of())), 1, 2, 3, 4);
    }

    @Test
    public void registerAmphorae_forVipsThatWereNotAdded_isRefused() throws Exception {
        done(driver.createDistributor(distributor().id()));
        refused(Refusal.Kind.NOT_FOUND, driver.registerAmphorae(key(), List.of(member(1))));
        assertThat(records.vip(key())).isEmpty();
    }

    @Test
    public void registerAmphorae_withTheVipOrAnothersAddressAsFrontEnd_isRefusedAndChangesNothing() throws Exception {
        withVip();
        done(driver.registerAmphorae(key(), List.of(member(1))));
        Member first = member(1);
        Member self = new Member("x", first.api(), List.of(VIP), "");
        refused(Refusal.Kind.INVALID, driver.registerAmphorae(key(), List.of(self)));
        Member twin = new Member("x", first.api(), first.frontendIps(), "");
        refused(Refusal.Kind.CONFLICT, driver.registerAmphorae(key(), List.of(member(2), twin)));
        reaches(done(driver.registerAmphorae(key(), List.of())), 1);
    }

    @Test
    public void unregisterAmphorae_leadsNoTrafficThere_alsoWhenItIsOutAlready() throws Exception {
        withVip();
        done(driver.registerAmphorae(key(), List.of(member(1), member(2), member(3))));
        List<String> out = List.of(member(2).amphoraId());
        reaches(done(driver.unregisterAmphorae(key(), out)), 1, 3);
        reaches(done(driver.unregisterAmphorae(key(), out)), 1, 3);
        assertThat(status().vips()).singleElement().satisfies(vip -> reaches(vip, 1, 3));
    }

    @Test
    public void unregisterAmphorae_ofTheLast_isDone() throws Exception {
        withVip();
        done(driver.registerAmphorae(key(), List.of(member(1))));
        reaches(done(driver.unregisterAmphorae(key(), List.of(member(1).amphoraId()))));
    }

    @Test
    public void unregisterAmphorae_ofUnknownVips_isDone() throws Exception {
        done(driver.unregisterAmphorae(key(), List.of(member(1).amphoraId())));
    }

    @Test
    public void removeVip_takesAllMembersOut_alsoTheSecondTime() throws Exception {
        withVip();
        done(driver.registerAmphorae(key(), List.of(member(1), member(2))));
        done(driver.removeVip(key()));
        assertThat(records.vip(key())).isEmpty();
        assertThat(status().vips()).isEmpty();
        done(driver.removeVip(key()));
        withVip();
        reaches(done(driver.registerAmphorae(key(), List.of(member(3)))), 3);
    }

    /** A driver that can drain overrides this test with its own. */
    @Test
    public void drainAmphorae_isRefusedAsUnsupported_andChangesNothing() throws Exception {
        withVip();
        done(driver.registerAmphorae(key(), List.of(member(1))));
        refused(
                Refusal.Kind.UNSUPPORTED,
                driver.drainAmphorae(key(), List.of(member(1).amphoraId()), Duration.ofSeconds(1)));
        reaches(done(driver.registerAmphorae(key(), List.of())), 1);
    }

    @Test
    public void status_ofAnUnknownDistributor_isRefused() throws Exception {
        assertThat(driver.status("nobody").toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(DriverResult.Refused.class);
    }

    @Test
    public void operations_calledAtOnce_takeEffectInTheirOrder() throws Exception {
        withVip();
        List<Operation<VipStatus>> all = List.of(
                driver.registerAmphorae(key(), List.of(member(1), member(2))),
                driver.unregisterAmphorae(key(), List.of(member(1).amphoraId())),
                driver.registerAmphorae(key(), List.of(member(3))),
                driver.unregisterAmphorae(key(), List.of(member(2).amphoraId())),
                driver.registerAmphorae(key(), List.of(member(4))));
        for (Operation<VipStatus> one : all) {
            done(one);
        }
        reaches(done(driver.registerAmphorae(key(), List.of())), 3, 4);
    }

    @Test
    public void twoControllersAtOnce_loseNoMember() throws Exception {
        DistributorDriver second = another();
        withVip();
        List<Operation<VipStatus>> all = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            all.add((i % 2 == 0 ? driver : second).registerAmphorae(key(), List.of(member(i))));
        }
        for (Operation<VipStatus> one : all) {
            assertThat(ended(one)).isInstanceOfAny(DriverResult.Done.class, DriverResult.Unfinished.class);
        }
        reaches(done(second.registerAmphorae(key(), List.of())), 1, 2, 3, 4);
    }

    @Test
    public void operations_whileTheRecordsAreAway_fail_andSucceedWhenRepeated() throws Exception {
        withVip();
        records.broken(true);
        assertThat(ended(driver.registerAmphorae(key(), List.of(member(1))))).isInstanceOf(DriverResult.Failed.class);
        assertThat(ended(driver.removeVip(key()))).isInstanceOf(DriverResult.Failed.class);
        assertThat(driver.status(distributor().id()).toCompletableFuture().get(120, TimeUnit.SECONDS))
                .isInstanceOf(DriverResult.Failed.class);
        records.broken(false);
        reaches(done(driver.registerAmphorae(key(), List.of(member(1)))), 1);
    }

    @Test
    public void close_whileTheRecordsHang_endsWhatIsOpenAsFailed() throws Exception {
        withVip();
        CountDownLatch hanging = records.hang();
        try {
            Operation<VipStatus> one = driver.registerAmphorae(key(), List.of(member(1)));
            Operation<VipStatus> next =
                    driver.unregisterAmphorae(key(), List.of(member(1).amphoraId()));
            assertThat(one.result().toCompletableFuture()).isNotDone();
            opened.remove(driver);
            close(driver);
            assertThat(ended(one)).isInstanceOf(DriverResult.Failed.class);
            assertThat(ended(next)).isInstanceOf(DriverResult.Failed.class);
            assertThat(ended(driver.removeVip(key()))).isInstanceOf(DriverResult.Failed.class);
        } finally {
            hanging.countDown();
        }
    }
}
