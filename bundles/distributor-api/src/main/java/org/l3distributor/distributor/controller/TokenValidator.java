// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who a token belongs to. An OSGi service; one for OpenStack's Identity service fits, which asks
 * {@code GET /v3/auth/tokens} with the token in {@code X-Subject-Token}.
 */
@ConsumerType
public interface TokenValidator {
    /**
     * @param token of whoever calls; a secret, never to be logged
     * @return refused FORBIDDEN when it isn't valid (any more), NOT_READY when that can't be told now
     */
    CompletionStage<Outcome<Caller>> validate(String token);
}
