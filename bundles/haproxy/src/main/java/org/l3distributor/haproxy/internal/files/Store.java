// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.internal.config.ConfigurationReader;
import org.l3distributor.haproxy.internal.config.Names;

/** Configurations and certificates on the disk. Any thread; writers of one load balancer come one after another. */
public final class Store {
    private final Path base;
    private final Path certificateBase;
    private final String group;
    private final PingCheck ping;

    /** @param group the group that HAProxy drops to */
    public Store(Path base, Path certificateBase, String group) {
        this(base, certificateBase, group, List.of(Path.of("/usr/bin/ping"), Path.of("/bin/ping")));
    }

    /** @param pings where the program ping may be */
    Store(Path base, Path certificateBase, String group, List<Path> pings) {
        this.base = base;
        this.certificateBase = certificateBase;
        this.group = group;
        this.ping = new PingCheck(base, pings);
    }

    public LoadBalancerFiles files(String loadBalancer) {
        return new LoadBalancerFiles(loadBalancer, base, certificateBase);
    }

    public Path base() {
        return base;
    }

    public boolean has(String loadBalancer) {
        return Names.isLoadBalancer(loadBalancer)
                && Files.isRegularFile(files(loadBalancer).configuration());
    }

    /** The load balancers of which a configuration is stored, in order. */
    public List<String> loadBalancers() {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(base)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("list " + base, e);
        }
    }

    public Optional<StoredConfiguration> configuration(String loadBalancer) {
        return has(loadBalancer) ? read(loadBalancer, files(loadBalancer).configuration()) : Optional.empty();
    }

    /** The configuration that was in use when the appliance last had a say; empty when HAProxy isn't wanted to run. */
    public Optional<HaproxyConfiguration> running(String loadBalancer) {
        return read(loadBalancer, files(loadBalancer).running()).map(StoredConfiguration::content);
    }

    private static Optional<StoredConfiguration> read(String loadBalancer, Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(
                    new StoredConfiguration(loadBalancer, text, Names.md5(bytes), ConfigurationReader.read(text)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + file, e);
        }
    }

    /** An upload as it will be kept: its group is in a file of its own, and it names programs where they are here. */
    public String localized(String upload) {
        return ping.placed(Names.withoutGroup(upload));
    }

    /**
     * Brings the program of PING health monitors, where a configuration has such.
     *
     * @return why none of them could work here; empty when they can, or there are none
     * @throws IOException when the disk refused
     */
    public Optional<String> bringPrograms(String configuration) throws IOException {
        return ping.isIn(configuration) ? ping.install(configuration) : Optional.empty();
    }

    /**
     * Writes an upload beside the configuration, for HAProxy to check.
     *
     * @throws IOException when the disk refused; nothing is left of it
     */
    public void writeUpload(String loadBalancer, String text) throws IOException {
        LoadBalancerFiles files = files(loadBalancer);
        Files.createDirectories(files.directory());
        if (!Files.exists(files.userGroup())) {
            String content = "global\n    group " + group + "\n";
            DurableFiles.replace(files.userGroup(), content.getBytes(StandardCharsets.US_ASCII));
        }
        DurableFiles.write(files.uploaded(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps an upload that didn't check for whoever wants to look at it, as Octavia's agent does. */
    public void rejectUpload(String loadBalancer) throws IOException {
        DurableFiles.move(files(loadBalancer).uploaded(), files(loadBalancer).failed());
    }

    /** Makes an upload the configuration. */
    public void acceptUpload(String loadBalancer, String peer) throws IOException {
        LoadBalancerFiles files = files(loadBalancer);
        String environment = "PEER=" + peer + "\n";
        DurableFiles.replace(files.environment(), environment.getBytes(StandardCharsets.US_ASCII));
        DurableFiles.move(files.uploaded(), files.configuration());
    }

    /** HAProxy's name among its peers, as given with the last upload. */
    public String peer(String loadBalancer) throws IOException {
        String text = Files.readString(files(loadBalancer).environment(), StandardCharsets.US_ASCII);
        return text.strip().substring("PEER=".length());
    }

    /** Notes that the stored configuration is now in use; needs no disk where that stands already. */
    public void markRunning(String loadBalancer) throws IOException {
        Path configuration = files(loadBalancer).configuration();
        Path running = files(loadBalancer).running();
        if (!Files.exists(running) || !Files.isSameFile(configuration, running)) {
            DurableFiles.link(configuration, running);
        }
    }

    /** Whether what would be started isn't what ran last: it was uploaded since. */
    public boolean hasFreshUpload(String loadBalancer) throws IOException {
        LoadBalancerFiles files = files(loadBalancer);
        return Files.exists(files.running()) && !Files.isSameFile(files.configuration(), files.running());
    }

    /** Puts the configuration that ran last in place of the stored one, which is kept as one that failed. */
    public void restoreRunning(String loadBalancer) throws IOException {
        LoadBalancerFiles files = files(loadBalancer);
        DurableFiles.link(files.configuration(), files.failed());
        DurableFiles.link(files.running(), files.configuration());
    }

    public void markStopped(String loadBalancer) throws IOException {
        DurableFiles.remove(files(loadBalancer).running());
    }

    /** Removes all that is there of a load balancer. */
    public void remove(String loadBalancer) throws IOException {
        DurableFiles.removeTree(files(loadBalancer).certificates());
        DurableFiles.remove(files(loadBalancer).configuration()); // from here on it isn't one any more
        DurableFiles.removeTree(files(loadBalancer).directory());
    }

    public CertificateResult putCertificate(String loadBalancer, String name, byte[] content) {
        if (isBad(loadBalancer, name)) {
            return new CertificateResult.BadName(name);
        }
        Path file = files(loadBalancer).certificate(name);
        try {
            Files.createDirectories(files(loadBalancer).certificates());
            DurableFiles.replace(file, content);
            return new CertificateResult.Done(Names.md5(content));
        } catch (IOException e) {
            return failed("storing", e);
        }
    }

    public CertificateResult certificate(String loadBalancer, String name) {
        if (isBad(loadBalancer, name)) {
            return new CertificateResult.BadName(name);
        }
        try {
            byte[] content = Files.readAllBytes(files(loadBalancer).certificate(name));
            return new CertificateResult.Done(Names.md5(content));
        } catch (NoSuchFileException e) {
            return new CertificateResult.Unknown(name);
        } catch (IOException e) {
            return failed("reading", e);
        }
    }

    public CertificateResult deleteCertificate(String loadBalancer, String name) {
        if (isBad(loadBalancer, name)) {
            return new CertificateResult.BadName(name);
        }
        try {
            DurableFiles.remove(files(loadBalancer).certificate(name));
            return new CertificateResult.Done("");
        } catch (IOException e) {
            return failed("removing", e);
        }
    }

    private static boolean isBad(String loadBalancer, String name) {
        return !Names.isLoadBalancer(loadBalancer) || !Names.isCertificate(name);
    }

    private static CertificateResult failed(String what, IOException cause) {
        return new CertificateResult.Failed("Error " + what + " certificate", words(cause));
    }

    /** What the disk said: {@code write /var/lib/octavia/x/haproxy.cfg.new: No space left on device}. */
    public static String words(IOException fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
