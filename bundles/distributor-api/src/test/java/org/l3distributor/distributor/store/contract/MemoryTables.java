// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.driver.VipRecord;

/** All rows, by key. Values are immutable, so that a copy of the maps is one of the database. */
final class MemoryTables {
    final SortedMap<String, LoadBalancer> loadBalancers;
    final SortedMap<String, Listener> listeners;
    final SortedMap<String, Pool> pools;
    final SortedMap<String, Member> members;
    final SortedMap<String, HealthMonitor> monitors;
    final SortedMap<String, Amphora> amphorae;
    final SortedMap<String, AmphoraHealth> health;
    final SortedMap<String, Distributor> distributors;
    final SortedMap<String, BgpSpeaker> speakers;
    final SortedMap<String, BgpPeer> peers;
    final SortedMap<String, Task> tasks;
    final SortedMap<String, Withdrawal> withdrawals;
    final SortedMap<String, ListenerStatistics> statistics;
    /** By load balancer. */
    final SortedMap<String, VipRecord> vips;
    /** speaker/peer and speaker/amphora. */
    final SortedSet<String> peersOf;

    final SortedSet<String> speakersOn;
    long vipVersions;

    MemoryTables() {
        loadBalancers = new TreeMap<>();
        listeners = new TreeMap<>();
        pools = new TreeMap<>();
        members = new TreeMap<>();
        monitors = new TreeMap<>();
        amphorae = new TreeMap<>();
        health = new TreeMap<>();
        distributors = new TreeMap<>();
        speakers = new TreeMap<>();
        peers = new TreeMap<>();
        tasks = new TreeMap<>();
        withdrawals = new TreeMap<>();
        statistics = new TreeMap<>();
        vips = new TreeMap<>();
        peersOf = new TreeSet<>();
        speakersOn = new TreeSet<>();
    }

    MemoryTables(MemoryTables other) {
        loadBalancers = new TreeMap<>(other.loadBalancers);
        listeners = new TreeMap<>(other.listeners);
        pools = new TreeMap<>(other.pools);
        members = new TreeMap<>(other.members);
        monitors = new TreeMap<>(other.monitors);
        amphorae = new TreeMap<>(other.amphorae);
        health = new TreeMap<>(other.health);
        distributors = new TreeMap<>(other.distributors);
        speakers = new TreeMap<>(other.speakers);
        peers = new TreeMap<>(other.peers);
        tasks = new TreeMap<>(other.tasks);
        withdrawals = new TreeMap<>(other.withdrawals);
        statistics = new TreeMap<>(other.statistics);
        vips = new TreeMap<>(other.vips);
        peersOf = new TreeSet<>(other.peersOf);
        speakersOn = new TreeSet<>(other.speakersOn);
        vipVersions = other.vipVersions;
    }
}
