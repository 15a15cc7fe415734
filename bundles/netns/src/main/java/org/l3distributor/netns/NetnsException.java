// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.jspecify.annotations.Nullable;

/** The kernel or the disk refused: {@code add 203.0.113.10/32 to lo in amphora-haproxy: EPERM (...)}. */
public final class NetnsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final String namespace;
    private final String errno;

    /**
     * @param operation what was attempted, on what
     * @param errno the kernel's name for the fault
     * @param explanation what the name alone doesn't say; null when it says all
     */
    public NetnsException(String operation, String namespace, String errno, @Nullable String explanation) {
        super(operation + " in " + namespace + ": " + errno + (explanation == null ? "" : " (" + explanation + ")"));
        this.operation = operation;
        this.namespace = namespace;
        this.errno = errno;
    }

    public NetnsException(
            String operation, String namespace, String errno, @Nullable String explanation, Throwable cause) {
        this(operation, namespace, errno, explanation);
        initCause(cause);
    }

    /** What was attempted, on what: {@code add 203.0.113.10/32 to lo}. */
    public String operation() {
        return operation;
    }

    public String namespace() {
        return namespace;
    }

    /** The kernel's name for the fault, such as {@code EPERM}. */
    public String errno() {
        return errno;
    }
}
