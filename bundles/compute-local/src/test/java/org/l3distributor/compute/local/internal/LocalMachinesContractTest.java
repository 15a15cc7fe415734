// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.contract.ComputeDriverContract;

/** Not closed here: the kit deletes what it made last of all, and idle threads end by themselves. */
class LocalMachinesContractTest extends ComputeDriverContract {
    @TempDir
    Path directory;

    @Override
    protected ComputeDriver driver() throws IOException {
        Program program = new FakeProgram(directory).program(Duration.ofSeconds(10));
        return new LocalMachines(directory.resolve("machines"), program, 8, "here");
    }
}
