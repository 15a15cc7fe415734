// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/**
 * Changes records on behalf of a driver, against others that do the same at the same time: a change is decided on what
 * was read, and decided again when somebody else was first.
 */
public final class RecordEditor {
    /** Each lost race is another's success, so this many in a row are a fault of the records. */
    private static final int RACES = 1000;

    private final DistributorRecords records;
    private final String type;

    /** @param type the driver's type of distributor; those of others are not found */
    public RecordEditor(DistributorRecords records, String type) {
        this.records = records;
        this.type = type;
    }

    /** A pure decision: what is to stand in the place of what was read, or why it may not. */
    public interface Edit {
        Outcome<VipRecord> decide(DistributorRecord distributor, VipRecord read);
    }

    /**
     * What an edit did.
     *
     * @param distributor as it was read for the decision
     * @param before as it was, null when it wasn't there
     * @param after as it stands now; {@code before} itself when nothing changed
     */
    public record Edited(
            DistributorRecord distributor, @Nullable VipRecord before, VipRecord after) {}

    /** A distributor of the driver's type; refused as NOT_FOUND when it isn't one. */
    public Outcome<DistributorRecord> distributor(String id) throws StoreException {
        Optional<DistributorRecord> found =
                records.distributor(id).filter(d -> d.type().equals(type));
        return found.isPresent()
                ? Outcome.done(found.get())
                : Outcome.refused(
                        Refusal.notFound("distributor_id", id, "there is no such distributor of type " + type));
    }

    /** Makes a record without members; one that is there with these addresses stays as it is. */
    public Outcome<Edited> add(VipKey key, List<IpAddress> vips) throws StoreException {
        if (vips.isEmpty() || vips.stream().distinct().count() != vips.size()) {
            return Outcome.refused(
                    Refusal.invalid("vip_ip", vips.toString(), "must be at least one address, and none twice"));
        }
        return edit(key, VipRecord.of(key, vips), (distributor, read) -> sameVips(read, vips));
    }

    private static Outcome<VipRecord> sameVips(VipRecord read, List<IpAddress> vips) {
        return read.vips().equals(vips)
                ? Outcome.done(read)
                : Outcome.refused(Refusal.conflict(
                        "vip_ip",
                        vips.toString(),
                        "load balancer " + read.key().loadBalancerId() + " has " + read.vips()
                                + "; remove these first"));
    }

    /** Changes a record that is there; refused as NOT_FOUND when it isn't. */
    public Outcome<Edited> change(VipKey key, Edit edit) throws StoreException {
        return edit(key, null, edit);
    }

    /** @param otherwise what is decided on when there is no record; null = that is refused */
    private Outcome<Edited> edit(VipKey key, @Nullable VipRecord otherwise, Edit edit) throws StoreException {
        for (int race = 0; race < RACES; race++) {
            Outcome<DistributorRecord> distributor = distributor(key.distributorId());
            if (distributor instanceof Outcome.Refused<DistributorRecord> refused) {
                return Outcome.refused(refused.reasons());
            }
            DistributorRecord owner = ((Outcome.Done<DistributorRecord>) distributor).value();
            VipRecord read = records.vip(key).orElse(null);
            VipRecord from = read == null ? otherwise : read;
            if (from == null) {
                return Outcome.refused(Refusal.notFound(
                        "load_balancer_id", key.loadBalancerId(), "its VIPs were not added to this distributor"));
            }
            Outcome<VipRecord> decided = edit.decide(owner, from);
            if (decided instanceof Outcome.Refused<VipRecord> refused) {
                return Outcome.refused(refused.reasons());
            }
            VipRecord next = ((Outcome.Done<VipRecord>) decided).value();
            if (read != null && next.sameAs(read)) {
                return Outcome.done(new Edited(owner, read, read));
            }
            Optional<VipRecord> stored = records.replace(read, next);
            if (stored.isPresent()) {
                return Outcome.done(new Edited(owner, read, stored.get()));
            }
        }
        throw contended("change", key);
    }

    /** Removes a record, whatever it holds; empty when there was none. */
    public Optional<VipRecord> remove(VipKey key) throws StoreException {
        for (int race = 0; race < RACES; race++) {
            Optional<VipRecord> read = records.vip(key);
            if (read.isEmpty() || records.remove(read.get())) {
                return read;
            }
        }
        throw contended("remove", key);
    }

    private static StoreException contended(String attempted, VipKey key) {
        String message = attempted + " the record of " + key + ": somebody else was first " + RACES + " times";
        return new StoreException(message, new IllegalStateException(message));
    }
}
