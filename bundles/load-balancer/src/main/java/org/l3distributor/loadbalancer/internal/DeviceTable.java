// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import org.l3distributor.distributor.amphora.PlugService.Traffic;

/** The text of {@code /proc/net/dev}: two lines of headings, then {@code name: 8 numbers received 8 numbers sent}. */
final class DeviceTable {
    private static final int RECEIVED = 0;
    private static final int SENT = 8;

    private DeviceTable() {}

    /** Every device but the loopback. */
    static List<Traffic> read(List<String> lines) {
        return lines.stream()
                .skip(2)
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && !parts[0].strip().equals("lo"))
                .map(parts -> traffic(parts[0].strip(), parts[1].strip().split("\\s+")))
                .toList();
    }

    private static Traffic traffic(String name, String[] numbers) {
        return new Traffic(name, Long.parseLong(numbers[SENT]), Long.parseLong(numbers[RECEIVED]));
    }
}
