// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Page;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.wire.RegistrationBody;

/** What the amphora and the VIP resources have in common. */
final class Registering {
    /** The longest page, and the one that is given unless another is asked for. */
    static final int MAX_PAGE = 10_000;

    private Registering() {}

    static CompletionStage<Response> register(DistributorService service, Registration registration) {
        return Answers.later(
                service.register(registration),
                Fault.PEER_NOT_FOUND,
                status -> Answers.json(settled(status.settled()), () -> RegistrationBody.of(status)));
    }

    static CompletionStage<Response> unregister(DistributorService service, Removal removal) {
        return Answers.later(
                service.unregister(removal),
                Fault.REGISTRATION_NOT_FOUND,
                removed -> Answers.json(
                        settled(removed.stream().allMatch(RegistrationStatus::settled)),
                        () -> RegistrationBody.of(removal, removed)));
    }

    /** 202: kept, and still on its way to a peer whose session is up. */
    static int settled(boolean settled) {
        return settled ? 200 : 202;
    }

    /** One page of the list; {@code limit} is 1..{@link #MAX_PAGE}. */
    static CompletionStage<Page<RegistrationStatus>> page(
            DistributorService service, boolean amphorae, int limit, @Nullable String marker) {
        // One more than asked for tells whether there is a next page; at the port's own bound a full page may be all.
        int asked = Math.min(limit + 1, MAX_PAGE);
        return list(service, amphorae, asked, marker).thenApply(rows -> {
            boolean maybeMore = asked == limit && rows.size() == limit;
            return maybeMore
                    ? new Page<>(rows, service.marker(rows.get(limit - 1).registration()))
                    : Page.first(rows, limit, row -> service.marker(row.registration()));
        });
    }

    private static CompletionStage<List<RegistrationStatus>> list(
            DistributorService service, boolean amphorae, int limit, @Nullable String marker) {
        try {
            return service.list(amphorae, limit, marker)
                    .thenApply(outcome -> Answers.value(outcome, "registration_not_found"));
        } catch (IllegalArgumentException e) {
            if (marker == null) {
                throw e;
            }
            throw new Refused(Fault.invalid(
                    "marker", marker, "is no marker of this list: use the next_marker of the page before"));
        }
    }

    /** Every row that fits, page by page. */
    static CompletionStage<List<RegistrationStatus>> find(
            DistributorService service, boolean amphorae, Predicate<Registration> wanted) {
        return find(service, amphorae, wanted, null, new ArrayList<>());
    }

    private static CompletionStage<List<RegistrationStatus>> find(
            DistributorService service,
            boolean amphorae,
            Predicate<Registration> wanted,
            @Nullable String marker,
            List<RegistrationStatus> found) {
        return page(service, amphorae, MAX_PAGE, marker).thenCompose(page -> {
            page.rows().stream().filter(row -> wanted.test(row.registration())).forEach(found::add);
            return page.nextMarker() == null
                    ? CompletableFuture.completedStage(found)
                    : find(service, amphorae, wanted, page.nextMarker(), found);
        });
    }
}
