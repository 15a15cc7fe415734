// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.l3distributor.distributor.controller.Withdrawal;

/** A row of table l3d_withdrawal. */
@Entity(name = "WithdrawalRow")
@Table(name = "l3d_withdrawal")
class WithdrawalRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "load_balancer_id")
    String loadBalancerId = "";

    @Column(name = "amphora_id")
    String amphoraId = "";

    @Column(name = "at")
    long at;

    WithdrawalRow() {}

    WithdrawalRow(Withdrawal value) {
        id = value.id();
        loadBalancerId = value.loadBalancerId();
        amphoraId = value.amphoraId();
        at = value.at().toEpochMilli();
    }
}
