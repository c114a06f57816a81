package io.farandole.benchmarks.training;

import io.farandole.benchmarks.process.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts Spark's side with the flags that Spark's own launcher gives a JVM, the Vector API for its
 * algebra among them.
 *
 * @param built where it is built
 * @param scratch for its temporary files
 */
record Spark(OlderJdk jdk, Path built, Path scratch) {

    private static final String PROGRAM = "io.farandole.benchmarks.spark.AlsProgram";
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    Asked start(List<String> heap, String data) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        command.addAll(heap);
        command.add("--add-modules=jdk.incubator.vector");
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.add("-Djdk.reflect.useDirectMethodHandle=false");
        command.add("-Djava.io.tmpdir=" + scratch);
        command.add("-Dspark.local.dir=" + scratch);
        command.add("-cp");
        command.add(
                String.join(
                        System.getProperty("path.separator"),
                        Stream.of(built.resolve("*"), built.resolve("lib").resolve("*"))
                                .map(Path::toString)
                                .toList()));
        command.add(PROGRAM);
        return Asked.of(
                "Spark",
                new ProcessBuilder(command)
                        .directory(scratch.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                data);
    }
}
