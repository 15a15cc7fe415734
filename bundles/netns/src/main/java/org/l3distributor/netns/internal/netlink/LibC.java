// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import org.jspecify.annotations.Nullable;

/** The calls of the C library that namespaces and processes take, mapped directly. Numbers are those of Linux. */
final class LibC {
    static final int O_RDONLY = 0;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_CLOEXEC = 0x80000;

    static final int CLONE_NEWNET = 0x4000_0000;

    static final int MS_BIND = 0x1000;
    static final int MS_REC = 0x4000;
    static final int MS_SHARED = 0x10_0000;

    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_SOCK_DIAG = 4;

    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    static final short POLLIN = 1;
    static final short POLLPRI = 2;

    static {
        // The handle is given back at once: the C library stays anyway, but as long as JNA holds a handle it also keeps
        // a thread to clean up after it, which would outlive this bundle.
        try (NativeLibrary library = NativeLibrary.getInstance("c")) {
            Native.register(LibC.class, library);
        }
    }

    private LibC() {}

    static native int open(String path, int flags, int mode) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int setns(int fd, int type) throws LastErrorException;

    static native int unshare(int flags) throws LastErrorException;

    static native int mount(String source, String target, String type, NativeLong flags, @Nullable String data)
            throws LastErrorException;

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int fd, byte[] address, int length) throws LastErrorException;

    static native int setsockopt(int fd, int level, int name, byte[] value, int length) throws LastErrorException;

    static native NativeLong send(int fd, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

    static native NativeLong recv(int fd, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native NativeLong read(int fd, byte[] buffer, NativeLong length) throws LastErrorException;

    static native NativeLong write(int fd, byte[] buffer, NativeLong length) throws LastErrorException;

    static native int poll(byte[] descriptors, NativeLong count, int timeoutMillis) throws LastErrorException;

    static native int kill(int pid, int signal) throws LastErrorException;

    static native int waitid(int kind, int id, byte[] info, int options) throws LastErrorException;

    /** For what the C library has no function for, or hasn't in every release that is in use. */
    static native NativeLong syscall(
            NativeLong number, NativeLong first, NativeLong second, NativeLong third, NativeLong fourth)
            throws LastErrorException;
}
