// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Our speaker in the lab: one command, one answer. */
final class Speaker implements AutoCloseable {
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    Speaker(Lab lab) throws IOException {
        process = new ProcessBuilder(Lab.inside(
                        lab.speaker,
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.logFile=" + lab.directory + "/speaker.log",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SpeakerProcess.class.getName()))
                .redirectError(lab.directory.resolve("speaker.err").toFile())
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(answers.readLine()).as("its first word").isEqualTo("ready");
    }

    String say(String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        assertThat(answer).as("the answer to %s", command).isNotNull();
        return answer;
    }

    /** Like a power cut. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        commands.println("quit");
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
