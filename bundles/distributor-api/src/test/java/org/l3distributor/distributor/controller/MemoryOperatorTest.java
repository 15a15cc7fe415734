// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.contract.MemoryOperator;
import org.l3distributor.distributor.controller.contract.OperatorServicesContract;

class MemoryOperatorTest extends OperatorServicesContract {
    private final MemoryOperator operator = new MemoryOperator(Clock.systemUTC());

    @Override
    protected AmphoraService amphorae() {
        return operator.amphorae();
    }

    @Override
    protected DistributorAdminService distributors() {
        return operator.distributors();
    }

    @Override
    protected BgpProfileService profile() {
        return operator.profile();
    }

    @Override
    protected void given(Amphora amphora) {
        operator.with(amphora);
    }

    @Test
    void whatIsPending_isSettled() throws Exception {
        Distributor wish = new Distributor("d-1", "L3_BGP", null, "d", false, 1, 0);
        done(distributors().create(wish));
        operator.settle();
        assertThat(operator.distributor("d-1").orElseThrow().status()).isEqualTo(ProvisioningStatus.ACTIVE);
    }
}
