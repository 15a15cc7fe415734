// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every object of the API has.
 *
 * @param id a UUID in lower case, with dashes
 * @param projectId whose it is, at most 36 characters
 * @param name "" when it has none; at most 255 characters, as the description
 * @param enabled the user's wish, {@code admin_state_up}
 * @param tags in the user's order
 * @param updatedAt null until it was changed for the first time
 * @param version counts the changes of its row; who writes says which one was read
 */
public record Header(
        String id,
        String projectId,
        String name,
        String description,
        boolean enabled,
        ProvisioningStatus provisioning,
        OperatingStatus operating,
        List<String> tags,
        Instant createdAt,
        @Nullable Instant updatedAt,
        long version) {
    public Header {
        tags = List.copyOf(tags);
    }

    /** That of something new: PENDING_CREATE. */
    public static Header created(
            String id, String projectId, HeaderDraft wish, OperatingStatus operating, Instant now) {
        return new Header(
                id,
                projectId,
                wish.name(),
                wish.description(),
                wish.enabled(),
                ProvisioningStatus.PENDING_CREATE,
                operating,
                wish.tags(),
                now,
                null,
                0);
    }

    public Header with(ProvisioningStatus next) {
        return new Header(
                id, projectId, name, description, enabled, next, operating, tags, createdAt, updatedAt, version);
    }

    public Header with(OperatingStatus next) {
        return new Header(
                id, projectId, name, description, enabled, provisioning, next, tags, createdAt, updatedAt, version);
    }

    public Header withVersion(long next) {
        return new Header(
                id, projectId, name, description, enabled, provisioning, operating, tags, createdAt, updatedAt, next);
    }

    /** As a user changed it: PENDING_UPDATE. */
    public Header changed(HeaderChange change, Instant now) {
        return new Header(
                id,
                projectId,
                change.name().or(name),
                change.description().or(description),
                change.enabled().or(enabled),
                ProvisioningStatus.PENDING_UPDATE,
                operating,
                change.tags().or(tags),
                createdAt,
                now,
                version);
    }
}
