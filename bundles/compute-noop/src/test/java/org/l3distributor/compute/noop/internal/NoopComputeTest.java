// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.noop.internal;

import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.contract.ComputeDriverContract;

class NoopComputeTest extends ComputeDriverContract {
    @Override
    protected ComputeDriver driver() {
        return new NoopCompute();
    }
}
