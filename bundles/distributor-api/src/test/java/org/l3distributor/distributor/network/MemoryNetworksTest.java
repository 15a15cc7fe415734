// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import org.l3distributor.distributor.network.contract.MemoryNetworks;
import org.l3distributor.distributor.network.contract.NetworkRecordsContract;

class MemoryNetworksTest extends NetworkRecordsContract {
    @Override
    protected NetworkRecords records() {
        return new MemoryNetworks();
    }
}
