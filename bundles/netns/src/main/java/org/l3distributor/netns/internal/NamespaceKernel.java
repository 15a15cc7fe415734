// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.NetnsOperation;

/**
 * The kernel, as one thread sees one namespace. All but {@link #wake} is for that thread, which belongs to the
 * namespace from {@link #enter} on. Everything throws {@link org.l3distributor.netns.NetnsException}.
 */
public interface NamespaceKernel extends AutoCloseable {
    /**
     * Moves the thread into the namespace that has the name now, also when it is another one than before.
     *
     * @return false when there is none and it isn't to be made; the thread is then at home
     */
    boolean enter(boolean create);

    /** Reads everything that a description speaks about, but for what is at home. */
    ActualNamespace read();

    /** The interfaces of the process's own namespace, in which or elsewhere the thread may be. */
    List<Link> home();

    /** Changes something. To add what is there and to remove what isn't is no error. */
    void apply(NetnsOperation operation);

    /** The TCP sockets that listen in the namespace. */
    Set<ListeningSocket> listening();

    /** What went through the interfaces of the namespace, by name. */
    Map<String, LinkTraffic> traffic();

    /**
     * Sends an empty datagram (UDP, discard port, RFC 863) from an address of the namespace to a neighbour. Nobody need
     * answer: to send it, or to refuse it, one of both asks for the other's link-layer address, and then both know it.
     */
    void greet(IpAddress from, IpAddress neighbour);

    /**
     * Waits until something in the namespace or its name may have changed, for a {@link #wake}, or for the time.
     *
     * @param home whether a change of the interfaces of the process's own namespace counts as well
     * @return false when it was nothing but a wake
     */
    boolean await(Duration atMost, boolean home);

    /** Ends the present or the next {@link #await}; from any thread, also after the end. */
    void wake();

    /** Lets go of the namespace and leaves everything in it as it is. */
    @Override
    void close();
}
