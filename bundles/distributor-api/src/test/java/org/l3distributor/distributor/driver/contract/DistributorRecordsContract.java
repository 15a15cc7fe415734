// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** What every implementation of {@link DistributorRecords} must do. */
public abstract class DistributorRecordsContract {
    /** Records that hold {@link #distributor} and no VIP of it; each call gives fresh ones. */
    protected abstract DistributorRecords records() throws Exception;

    protected abstract DistributorRecord distributor();

    /** A load balancer that may have VIPs there. */
    protected abstract VipKey key();

    /** The addresses of that load balancer. */
    protected abstract List<IpAddress> vips();

    /** One of at least two amphorae that may serve it; the first one is 1. */
    protected abstract Member member(int number);

    /** An amphora that may speak for it, and a peer of that. */
    protected abstract String speaker();

    protected abstract PeerId peer();

    @Test
    public void distributor_thatIsThere_isFoundByItsIdAndType() throws Exception {
        DistributorRecords records = records();
        assertThat(records.distributor(distributor().id())).contains(distributor());
        assertThat(records.distributors(distributor().type()))
                .containsExactly(distributor().id());
        assertThat(records.distributors("ANOTHER")).isEmpty();
        assertThat(records.distributor("nobody")).isEmpty();
    }

    @Test
    public void api_ofAMember_isKnown_alsoWhenItIsOneNoMore() throws Exception {
        DistributorRecords records = records();
        VipRecord stored = records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        VipRecord with =
                records.replace(stored, stored.with(List.of(member(1)))).orElseThrow();
        assertThat(records.api(member(1).amphoraId())).contains(member(1).api());
        records.replace(with, with.without(List.of(member(1).amphoraId()))).orElseThrow();
        assertThat(records.api(member(1).amphoraId())).contains(member(1).api());
        assertThat(records.api("nobody")).isEmpty();
    }

    @Test
    public void replace_ofNothing_addsARecordOnce() throws Exception {
        DistributorRecords records = records();
        VipRecord wanted = VipRecord.of(key(), vips());
        VipRecord stored = records.replace(null, wanted).orElseThrow();
        assertThat(stored.sameAs(wanted)).isTrue();
        assertThat(records.vip(key())).contains(stored);
        assertThat(records.vips(distributor().id())).containsExactly(stored);
        assertThat(records.replace(null, wanted)).isEmpty();
    }

    @Test
    public void replace_keepsMembersAndAssignments() throws Exception {
        DistributorRecords records = records();
        VipRecord full = full(records.replace(null, VipRecord.of(key(), vips())).orElseThrow());
        VipRecord stored =
                records.replace(records.vip(key()).orElseThrow(), full).orElseThrow();
        assertThat(stored.sameAs(full)).isTrue();
        assertThat(records.vip(key())).contains(stored);

        VipRecord fewer = stored.without(List.of(member(1).amphoraId())).withAssignments(List.of());
        VipRecord now = records.replace(stored, fewer).orElseThrow();
        assertThat(now.members()).containsExactly(member(2));
        assertThat(records.vip(key())).contains(now);
    }

    private VipRecord full(VipRecord record) {
        Assignment one = Assignment.wanted(
                speaker(),
                member(1).amphoraId(),
                vips().get(0),
                member(1).nextHop(vips().get(0).family()).orElseThrow(),
                peer());
        Assignment all = Assignment.wanted(one.speakerId(), one.amphoraId(), one.vip(), one.nextHop(), null);
        return record.with(List.of(member(1), member(2))).withAssignments(List.of(one, all.asLeaving()));
    }

    @Test
    public void replace_ofWhatStandsNoMore_changesNothing() throws Exception {
        DistributorRecords records = records();
        VipRecord first = records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        VipRecord second =
                records.replace(first, first.with(List.of(member(1)))).orElseThrow();
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(records.replace(first, first.with(List.of(member(2))))).isEmpty();
        assertThat(records.remove(first)).isFalse();
        assertThat(records.vip(key())).contains(second);
    }

    @Test
    public void remove_ofWhatStands_leavesNothing() throws Exception {
        DistributorRecords records = records();
        VipRecord stored = records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        VipRecord full = records.replace(stored, full(stored)).orElseThrow();
        assertThat(records.remove(full)).isTrue();
        assertThat(records.vip(key())).isEmpty();
        assertThat(records.vips(distributor().id())).isEmpty();
        assertThat(records.remove(full)).isFalse();
        Optional<VipRecord> again = records.replace(null, VipRecord.of(key(), vips()));
        assertThat(again).isPresent();
        assertThat(again.orElseThrow().version())
                .as("a reader of the record before must not take the new one for it")
                .isNotEqualTo(full.version());
        assertThat(again.orElseThrow().members()).isEmpty();
    }

    @Test
    public void replace_byManyAtOnce_isWonByOneEachTime() throws Exception {
        DistributorRecords records = records();
        records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        int writers = 4;
        int rounds = 25;
        List<Thread> threads = java.util.stream.IntStream.range(0, writers)
                .mapToObj(i -> new Thread(() -> raise(records, rounds), "writer-" + i))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        assertThat(records.vip(key()).orElseThrow().members())
                .singleElement()
                .satisfies(m -> assertThat(m.failureDomain()).isEqualTo("d" + writers * rounds));
    }

    /** Counts in the member's failure domain: an increment that was lost would be missing from the sum. */
    private void raise(DistributorRecords records, int rounds) {
        try {
            for (int won = 0, tries = 0; won < rounds && tries < 100_000; tries++) {
                VipRecord seen = records.vip(key()).orElseThrow();
                int count = seen.members().isEmpty()
                        ? 0
                        : Integer.parseInt(seen.members().get(0).failureDomain().substring(1));
                Member m = member(1);
                Member next = new Member(m.amphoraId(), m.api(), m.frontendIps(), "d" + (count + 1));
                won += records.replace(seen, seen.with(List.of(next))).isPresent() ? 1 : 0;
            }
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
