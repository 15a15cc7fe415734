// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.net.IpAddress;

/**
 * What stands on disk of one machine.
 *
 * @param computeId the driver's own id of it; a machine made anew for the same amphora has another
 * @param nics in the order in which they were put in, management first
 * @param fault why it can't run; null unless it {@link Stage#FAILED}
 */
record Machine(
        String amphoraId,
        String computeId,
        Stage stage,
        String failureDomain,
        List<Nic> nics,
        @Nullable String fault) {
    /** How far the program has got with it, as far as was written down. */
    enum Stage {
        /** The program is to start it, or does so. */
        MAKING,
        /** The program has started it. */
        MADE,
        /** The program couldn't. */
        FAILED,
        /** The program is to end it, or does so. */
        ENDING
    }

    Machine {
        nics = List.copyOf(nics);
    }

    Machine at(Stage next, @Nullable String why) {
        return new Machine(amphoraId, computeId, next, failureDomain, nics, why);
    }

    Machine with(List<Nic> next) {
        return new Machine(amphoraId, computeId, stage, failureDomain, next, fault);
    }

    boolean has(String portId) {
        return nics.stream().anyMatch(nic -> nic.portId().equals(portId));
    }

    /** @param alive whether its process runs */
    Instance instance(boolean alive) {
        Instance.State state = switch (stage) {
            case MAKING -> Instance.State.BUILDING;
            case MADE -> alive ? Instance.State.ACTIVE : Instance.State.ERROR;
            case FAILED -> Instance.State.ERROR;
            case ENDING -> Instance.State.DELETED;
        };
        return new Instance(
                amphoraId,
                computeId,
                state,
                nics.isEmpty() || nics.get(0).addresses().isEmpty()
                        ? null
                        : nics.get(0).addresses().get(0),
                nics.stream().map(Nic::portId).toList(),
                failureDomain,
                state == Instance.State.ERROR && fault == null ? "its process has ended" : fault);
    }

    /** As text, which {@link #read} reads. */
    String write() {
        Properties properties = new Properties();
        properties.setProperty("compute", computeId);
        properties.setProperty("stage", stage.name().toLowerCase(Locale.ROOT));
        properties.setProperty("domain", failureDomain);
        if (fault != null) {
            properties.setProperty("fault", fault);
        }
        for (int i = 0; i < nics.size(); i++) {
            nics.get(i).write(properties, "nic." + i + ".");
        }
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("write to a text", e);
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException when it isn't such a text */
    static Machine read(String amphoraId, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("read from a text", e);
        }
        List<Nic> nics = new ArrayList<>();
        for (int i = 0; properties.containsKey("nic." + i + ".port"); i++) {
            nics.add(Nic.read(properties, "nic." + i + "."));
        }
        return new Machine(
                amphoraId,
                word(properties, "compute"),
                Stage.valueOf(word(properties, "stage").toUpperCase(Locale.ROOT)),
                word(properties, "domain"),
                nics,
                properties.getProperty("fault"));
    }

    private static String word(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + key);
        }
        return value;
    }

    /** One of its network cards. */
    record Nic(String portId, String mac, String networkId, List<IpAddress> addresses) {
        Nic {
            addresses = List.copyOf(addresses);
        }

        /** As words for the program; {@code -} stands for no address. */
        List<String> words() {
            String all =
                    String.join(",", addresses.stream().map(IpAddress::toString).toList());
            return List.of(portId, mac, networkId, all.isEmpty() ? "-" : all);
        }

        private void write(Properties properties, String prefix) {
            properties.setProperty(prefix + "port", portId);
            properties.setProperty(prefix + "mac", mac);
            properties.setProperty(prefix + "network", networkId);
            properties.setProperty(prefix + "addresses", words().get(3));
        }

        private static Nic read(Properties properties, String prefix) {
            String all = word(properties, prefix + "addresses");
            List<IpAddress> addresses = new ArrayList<>();
            if (!all.equals("-")) {
                for (String one : all.split(",", -1)) {
                    addresses.add(IpAddress.parse(one));
                }
            }
            return new Nic(
                    word(properties, prefix + "port"),
                    word(properties, prefix + "mac"),
                    word(properties, prefix + "network"),
                    addresses);
        }
    }
}
