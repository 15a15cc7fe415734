// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names may become files, and what Octavia derives from names. */
public final class Names {
    /** One component of a path that is neither hidden nor above where it stands. */
    private static final Pattern COMPONENT = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z_.-]{0,126}");
    /** Folders of Octavia's beside those of load balancers. */
    private static final Set<String> RESERVED = Set.of("certs", "lvs", "vrrp", "plugged_interfaces");
    /** What Octavia asks of a certificate's name. It would let {@code ../x.pem} pass; the component rule doesn't. */
    private static final Pattern CERTIFICATE = Pattern.compile("(\\w.)+pem");

    private static final Pattern GROUP = Pattern.compile("\n[ \t]+group[ \t][^\n]*");

    private Names() {}

    public static boolean isLoadBalancer(String id) {
        return COMPONENT.matcher(id).matches() && !RESERVED.contains(id);
    }

    public static boolean isCertificate(String name) {
        return CERTIFICATE.matcher(name).find() && COMPONENT.matcher(name).matches();
    }

    /**
     * The name of this HAProxy among its peers, as the controller writes it in the configuration: base64 of the SHA-1 of
     * the amphora's id without padding, {@code _} for {@code +} and {@code -} for {@code /}, which HAProxy doesn't take in
     * a name, and {@code x} for a {@code -} at its begin, which would be an option. (Not the URL alphabet: that has these
     * two the other way round.)
     */
    public static String peer(String amphora) {
        String plain = Base64.getEncoder().withoutPadding().encodeToString(digest("SHA-1", utf8(amphora)));
        String name = plain.replace('+', '_').replace('/', '-');
        return name.startsWith("-") ? "x" + name.substring(1) : name;
    }

    /**
     * The configuration without its {@code group} lines: the group is in a file of its own, and HAProxy refuses a
     * second one, which controllers of an older release still send.
     */
    public static String withoutGroup(String configuration) {
        return GROUP.matcher(configuration).replaceAll("");
    }

    /** MD5 in hex, as in Octavia's ETags. */
    public static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(digest("MD5", bytes));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has them
        }
    }
}
