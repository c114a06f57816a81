package io.farandole.benchmarks.counting;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Has Java Flight Recorder write what the process does while it counts, if that is wanted. */
public final class Profile implements AutoCloseable {

    /** The system property that names the directory to write to. */
    public static final String DIRECTORY = "farandole.profile";

    private final @Nullable Recording recording;

    private Profile(@Nullable Recording recording) {
        this.recording = recording;
    }

    static Profile of(Trial trial) throws IOException, ParseException {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            return new Profile(null);
        }
        Recording recording = new Recording(Configuration.getConfiguration("profile"));
        recording.setDestination(Path.of(directory).resolve(file(trial)));
        recording.start();
        return new Profile(recording);
    }

    /** The last one of its kind is kept. */
    private static String file(Trial trial) {
        if (trial.kind() == Trial.Kind.REBUILD) {
            return "streams-rebuild.jfr";
        }
        return trial.output() ? "streams-output.jfr" : "streams.jfr";
    }

    @Override
    public void close() {
        if (recording != null) {
            // Writes what was recorded.
            recording.close();
        }
    }
}
