// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.netns.NetnsException;

/** Error numbers of Linux by name (asm-generic/errno.h), those that namespaces, files and netlink give. */
public final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int ECHILD = 10;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOPROTOOPT = 92;
    static final int EADDRNOTAVAIL = 99;
    static final int ENOBUFS = 105;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(EPERM, "EPERM"),
            Map.entry(ENOENT, "ENOENT"),
            Map.entry(ESRCH, "ESRCH"),
            Map.entry(EINTR, "EINTR"),
            Map.entry(5, "EIO"),
            Map.entry(6, "ENXIO"),
            Map.entry(9, "EBADF"),
            Map.entry(ECHILD, "ECHILD"),
            Map.entry(EAGAIN, "EAGAIN"),
            Map.entry(12, "ENOMEM"),
            Map.entry(EACCES, "EACCES"),
            Map.entry(16, "EBUSY"),
            Map.entry(EEXIST, "EEXIST"),
            Map.entry(ENODEV, "ENODEV"),
            Map.entry(20, "ENOTDIR"),
            Map.entry(EINVAL, "EINVAL"),
            Map.entry(23, "ENFILE"),
            Map.entry(24, "EMFILE"),
            Map.entry(28, "ENOSPC"),
            Map.entry(30, "EROFS"),
            Map.entry(34, "ERANGE"),
            Map.entry(38, "ENOSYS"),
            Map.entry(ENOPROTOOPT, "ENOPROTOOPT"),
            Map.entry(95, "EOPNOTSUPP"),
            Map.entry(97, "EAFNOSUPPORT"),
            Map.entry(EADDRNOTAVAIL, "EADDRNOTAVAIL"),
            Map.entry(100, "ENETDOWN"),
            Map.entry(101, "ENETUNREACH"),
            Map.entry(ENOBUFS, "ENOBUFS"),
            Map.entry(113, "EHOSTUNREACH"),
            Map.entry(122, "EDQUOT"));

    private static final Map<String, String> WORDS = Map.of(
            "Operation not permitted", "EPERM",
            "Permission denied", "EACCES",
            "Invalid argument", "EINVAL",
            "Not a directory", "ENOTDIR",
            "Is a directory", "EISDIR",
            "Read-only file system", "EROFS",
            "No space left on device", "ENOSPC",
            "Disk quota exceeded", "EDQUOT",
            "Too many open files", "EMFILE");

    private Errno() {}

    static String name(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }

    static NetnsException exception(String operation, String namespace, int errno) {
        return new NetnsException(operation, namespace, name(errno), explanation(errno));
    }

    /** The fault of a file: Java gives the C library's words in place of the number. */
    public static NetnsException exception(String operation, String namespace, IOException fault) {
        return new NetnsException(operation, namespace, name(fault), fault.toString(), fault);
    }

    private static String name(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "EACCES";
        } else if (fault instanceof NoSuchFileException) {
            return "ENOENT";
        }
        String words = fault instanceof FileSystemException file ? file.getReason() : fault.getMessage();
        return words == null ? "EIO" : WORDS.getOrDefault(words, "EIO");
    }

    private static @Nullable String explanation(int errno) {
        return switch (errno) {
            case EPERM -> "the process needs CAP_NET_ADMIN and CAP_SYS_ADMIN";
            case EACCES ->
                "the process needs CAP_NET_ADMIN and CAP_SYS_ADMIN; for an IPv6 address it may also be disable_ipv6";
            case 95, 97 -> "the kernel lacks this address family";
            default -> null;
        };
    }
}
