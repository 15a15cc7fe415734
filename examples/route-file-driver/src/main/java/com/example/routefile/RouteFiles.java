// SPDX-License-Identifier: Apache-2.0
package com.example.routefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** The wire of this driver: a file for each VIP that somebody serves. */
final class RouteFiles {
    private final Path directory;

    RouteFiles(Path directory) {
        this.directory = directory;
    }

    void write(VipRecord record) throws IOException {
        Files.createDirectories(directory);
        for (IpAddress vip : record.vips()) {
            String nextHops = record.members().stream()
                    .flatMap(member -> member.nextHop(vip.family()).stream())
                    .map(nextHop -> " nexthop via " + nextHop)
                    .collect(Collectors.joining());
            if (nextHops.isEmpty()) {
                Files.deleteIfExists(file(vip));
            } else {
                Path next = Files.createTempFile(directory, "next", null); // two controllers may write at once
                Files.writeString(
                        next, "route replace " + IpPrefix.host(vip) + nextHops + "\n", StandardCharsets.US_ASCII);
                Files.move(next, file(vip), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    void remove(List<IpAddress> vips) throws IOException {
        for (IpAddress vip : vips) {
            Files.deleteIfExists(file(vip));
        }
    }

    private Path file(IpAddress vip) {
        return directory.resolve(vip.toString().replace(':', '_') + ".routes");
    }

    VipStatus status(VipRecord record) {
        List<MemberStatus> rows = new ArrayList<>();
        for (IpAddress vip : record.vips()) {
            MemberStatus.Reach reach =
                    Files.exists(file(vip)) ? MemberStatus.Reach.ANNOUNCED : MemberStatus.Reach.PENDING;
            for (Member member : record.members()) {
                rows.add(new MemberStatus(
                        member.amphoraId(), vip, member.nextHop(vip.family()).orElse(null), reach, List.of()));
            }
        }
        return new VipStatus(record.key(), rows, List.of());
    }
}
