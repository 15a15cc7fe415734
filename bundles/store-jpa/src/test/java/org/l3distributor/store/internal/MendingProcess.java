// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.l3distributor.distributor.store.StoreException;

/**
 * A child process whose disk lets nothing be unpacked at first: says why each of two attempts to open failed, then
 * mends the disk and says that the store opens. Arguments: directory of the store, what to remove to mend it.
 */
public final class MendingProcess {
    private MendingProcess() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        attempt(directory);
        attempt(directory);
        Files.delete(Path.of(args[1]));
        attempt(directory);
    }

    private static void attempt(Path directory) {
        try (JpaStore store = JpaStore.open(directory)) {
            System.out.println("open, " + store.registrations().size() + " registrations");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }
}
