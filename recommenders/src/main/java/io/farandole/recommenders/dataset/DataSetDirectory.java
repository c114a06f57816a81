package io.farandole.recommenders.dataset;

import io.farandole.recommenders.files.WholeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A data set in files: {@code train.tsv}, {@code test.tsv}, {@code global-train.tsv}, {@code
 * global-test.tsv} (user, item, value or nothing, milliseconds, below a header), where something is
 * known of items {@code facts.tsv}, and {@code dataset.json}, the {@link DataSet.Summary}.
 */
public record DataSetDirectory(Path directory) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String SUMMARY = "dataset.json";
    private static final String FACTS = "facts.tsv";

    /**
     * Writes all or nothing; a data set that was there before is replaced.
     *
     * @throws IOException if it cannot be written, or if there is something else
     */
    public void write(DataSet set) throws IOException {
        WholeDirectory.write(
                directory,
                SUMMARY,
                parts -> {
                    write(set.perUser(), parts, "");
                    write(set.global(), parts, "global-");
                    if (!set.facts().isEmpty()) {
                        new FactsFile(parts.resolve(FACTS)).write(set.facts());
                    }
                    Files.writeString(
                            parts.resolve(SUMMARY), JSON.writeValueAsString(set.summary()));
                });
    }

    /**
     * @throws UnreadableInteractions if a file is missing or malformed
     */
    public DataSet.Summary summary() {
        Path file = directory.resolve(SUMMARY);
        try {
            return JSON.readValue(Files.readString(file), DataSet.Summary.class);
        } catch (IOException | JacksonException e) {
            throw new UnreadableInteractions(file, "no data set's summary: " + e.getMessage(), e);
        }
    }

    /** Each user's last fifth held out. */
    public Split perUser() {
        return split("");
    }

    /** The last fifth of all in time held out. */
    public Split global() {
        return split("global-");
    }

    /** The part that is learnt from; one file is read. */
    public InteractionFile train() {
        return new InteractionFile(directory.resolve("train.tsv"));
    }

    /** What is known of items: nothing where there is no file of it. */
    public ItemFacts facts() {
        Path file = directory.resolve(FACTS);
        return Files.exists(file) ? new FactsFile(file).read() : ItemFacts.NONE;
    }

    /** All of it. */
    public DataSet read() {
        return new DataSet(summary(), perUser(), global(), facts());
    }

    private static void write(Split split, Path parts, String prefix) throws IOException {
        new InteractionFile(parts.resolve(prefix + "train.tsv")).write(split.train());
        new InteractionFile(parts.resolve(prefix + "test.tsv")).write(split.test());
    }

    private Split split(String prefix) {
        return new Split(
                new InteractionFile(directory.resolve(prefix + "train.tsv")).read(),
                new InteractionFile(directory.resolve(prefix + "test.tsv")).read());
    }
}
