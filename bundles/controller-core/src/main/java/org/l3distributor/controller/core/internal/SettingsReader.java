// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.beat.HealthManager;
import org.l3distributor.controller.core.internal.drivers.DriverEffects;
import org.l3distributor.controller.core.internal.files.ControllerFiles;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.controller.core.internal.round.SweepRound;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;

/** Reads a configuration as a whole: all of it can be used, or every fault is told, each with its key. */
final class SettingsReader {
    /** How long a driver may take for one thing. */
    static final Duration PATIENCE = Duration.ofSeconds(75);

    /** Between two rounds of what comes up again and again. */
    static final Duration ROUND = Duration.ofMinutes(1);

    private static final int ID = 36;
    private static final int NAME = 64;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BATCH = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final IpAddress NOWHERE = IpAddress.parse("0.0.0.0");

    private final ControllerConfig config;
    private final Supplier<String> madeName;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(ControllerConfig config, Supplier<String> madeName) {
        this.config = config;
        this.madeName = madeName;
    }

    /**
     * Reads the configuration and the files that it names.
     *
     * @param madeName gives a name for a controller that was given none; throws UncheckedIOException when it can't be kept
     */
    static Settings read(ControllerConfig config, Supplier<String> madeName) throws NotUsable {
        SettingsReader reader = new SettingsReader(config, madeName);
        Settings settings = reader.settings();
        if (settings == null || !reader.faults.isEmpty()) {
            throw new NotUsable(reader.faults);
        }
        return settings;
    }

    private @Nullable Settings settings() {
        Secret key = secret("heartbeatKeyFile", config.heartbeatKeyFile());
        int interval = whole("heartbeatInterval", config::heartbeatInterval, 1, 3600);
        CertificateIssuer issuer = issuer();
        String type = text("distributorType", config.distributorType(), ID);
        int amphorae = whole("amphorae", config::amphorae, 1, 64);
        DriverEffects.Settings effects = effects();
        HealthManager.Settings beats = beats(key, interval);
        ControllerFiles.Settings files = files(key, interval, beats.address());
        Worker.Settings work = work();
        SweepRound.Settings sweep = new SweepRound.Settings(
                ROUND, Duration.ofSeconds(whole("sweepGrace", config::sweepGrace, 60, 2_592_000)), PATIENCE);
        return issuer == null ? null : new Settings(type, amphorae, effects, files, issuer, beats, work, sweep);
    }

    private DriverEffects.Settings effects() {
        return new DriverEffects.Settings(
                text("computeType", config.computeType(), NAME),
                text("managementNetwork", config.managementNetwork(), ID),
                text("managementSubnet", config.managementSubnet(), ID),
                speakers(),
                whole("amphoraPort", config::amphoraPort, 1, 65_535),
                PATIENCE);
    }

    private Optional<DriverEffects.Settings.Place> speakers() {
        String network = config.speakerNetwork();
        return network == null || network.isBlank()
                ? Optional.empty()
                : Optional.of(new DriverEffects.Settings.Place(
                        text("speakerNetwork", network, ID), text("speakerSubnet", config.speakerSubnet(), ID)));
    }

    private Worker.Settings work() {
        Limits usual = Limits.DEFAULT;
        Duration grace = Duration.ofSeconds(whole("grace", config::grace, 0, 3600));
        return new Worker.Settings(
                name(),
                text("distributorId", config.distributorId(), ID),
                whole("threads", config::threads, 1, 256),
                LEASE,
                POLL,
                new Limits(usual.boot(), usual.spare(), usual.attempts(), grace));
    }

    private String name() {
        String given = config.controllerId();
        if (given != null && !given.isBlank()) {
            return text("controllerId", given, NAME);
        }
        try {
            return madeName.get();
        } catch (RuntimeException e) { // a data directory that can't be written to
            faults.add("controllerId is empty, and none can be kept: " + e.getMessage());
            return "";
        }
    }

    private HealthManager.Settings beats(Secret key, int interval) {
        int port = whole("heartbeatPort", config::heartbeatPort, 0, 65_535);
        return new HealthManager.Settings(
                new InetSocketAddress(
                        address("heartbeatHost", config.heartbeatHost()).toInetAddress(), port),
                key,
                Duration.ofSeconds(interval),
                silence(interval),
                budget(),
                BATCH,
                LOOK);
    }

    private Silence silence(int interval) {
        return Silence.of(
                Duration.ofSeconds(interval),
                Duration.ofSeconds(whole("heartbeatTimeout", config::heartbeatTimeout, interval + 1, 86_400)),
                Duration.ofSeconds(whole("massFailureWindow", config::massFailureWindow, interval, 86_400)),
                Duration.ofSeconds(whole("massFailurePatience", config::massFailurePatience, 0, 2_592_000)));
    }

    private WithdrawalBudget budget() {
        Duration window = Duration.ofSeconds(whole("withdrawalWindow", config::withdrawalWindow, 1, 86_400));
        try {
            return new WithdrawalBudget(config.withdrawalShare(), window);
        } catch (RuntimeException e) { // out of its range, or no number, of which the container says so
            faults.add("withdrawalShare: " + e.getMessage());
            return WithdrawalBudget.DEFAULT;
        }
    }

    private ControllerFiles.Settings files(Secret key, int interval, InetSocketAddress beats) {
        IpAddress host = IpAddress.of(beats.getAddress());
        String here = (host.family().ipVersion() == 6 ? "[" + host + "]" : host.toString()) + ":" + beats.getPort();
        String everywhere = config.heartbeatControllers();
        String password = config.md5PasswordFile();
        return new ControllerFiles.Settings(
                everywhere == null || everywhere.isBlank() ? here : everywhere.strip(),
                key,
                interval,
                password == null || password.isBlank() ? null : secret("md5PasswordFile", password),
                file("clientAuthority", config.clientAuthority()));
    }

    private @Nullable CertificateIssuer issuer() {
        byte[] authority = file("serverAuthority", config.serverAuthority());
        byte[] key = file("serverAuthorityKey", config.serverAuthorityKey());
        int days = whole("certificateDays", config::certificateDays, 1, 3650);
        if (authority.length == 0 || key.length == 0) {
            return null; // told already
        }
        try {
            return new CertificateIssuer(authority, key, Duration.ofDays(days));
        } catch (GeneralSecurityException e) {
            faults.add("serverAuthority=" + config.serverAuthority() + " with serverAuthorityKey="
                    + config.serverAuthorityKey() + ": " + e.getMessage());
            return null;
        }
    }

    private String text(String key, @Nullable String value, int most) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            faults.add(key + " is missing");
        } else if (text.length() > most) {
            faults.add(key + " must be at most " + most + " characters, got " + text.length());
        }
        return text;
    }

    private IpAddress address(String key, @Nullable String value) {
        String text = text(key, value, NAME);
        try {
            return text.isEmpty() ? NOWHERE : IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            faults.add(key + "=" + text + " must be an IP address");
            return NOWHERE;
        }
    }

    /** The container turns text into numbers as they are asked for, and throws at what is none. */
    private int whole(String key, IntSupplier value, int least, int most) {
        int number;
        try {
            number = value.getAsInt();
        } catch (RuntimeException e) {
            faults.add(key + " must be a whole number");
            return least;
        }
        if (number < least || number > most) {
            faults.add(key + " must be " + least + ".." + most + ", got " + number);
            return least;
        }
        return number;
    }

    private Secret secret(String key, @Nullable String path) {
        return Secret.of(new String(file(key, path), StandardCharsets.UTF_8).strip());
    }

    /** Its bytes; none, and a fault, where there are none to be had. */
    private byte[] file(String key, @Nullable String path) {
        if (path == null || path.isBlank()) {
            faults.add(key + " is missing");
            return new byte[0];
        }
        String wrong = key + "=" + path.strip() + ": ";
        try {
            byte[] bytes = Files.readAllBytes(Path.of(path.strip()));
            if (bytes.length == 0) {
                faults.add(wrong + "the file is empty");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            faults.add(wrong + "there is no such file");
        } catch (IOException | RuntimeException e) { // also a text that no path can be
            faults.add(wrong + e);
        }
        return new byte[0];
    }
}
