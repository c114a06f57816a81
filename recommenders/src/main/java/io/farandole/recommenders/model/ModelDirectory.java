package io.farandole.recommenders.model;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.files.WholeDirectory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model in files: {@code model.json} (the {@link Description}), {@code items.txt} (ids in order),
 * {@code prior.bin}, {@code weights.bin}, {@code similar.bin} (little-endian arrays, each after its
 * length) and {@code train.tsv.gz}, what it was trained on, so that it can recommend to its users
 * by itself.
 */
public record ModelDirectory(Path directory) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String DESCRIPTION = "model.json";

    /**
     * Writes all or nothing; a model that was there before is replaced.
     *
     * @throws IOException if it cannot be written, or if there is something else
     */
    public void write(TrainedModel model, Collection<Interaction> trainedOn) throws IOException {
        write(model, trainedOn, null);
    }

    /**
     * The same with how the model was chosen, in {@code choice.json}, which is no part of who the
     * model is.
     *
     * @param choice null where nothing was chosen
     * @throws IOException as above
     */
    public void write(
            TrainedModel model, Collection<Interaction> trainedOn, @Nullable Choice choice)
            throws IOException {
        WholeDirectory.write(
                directory,
                DESCRIPTION,
                parts -> {
                    for (Part part : Part.values()) {
                        try (OutputStream out =
                                new BufferedOutputStream(
                                        Files.newOutputStream(parts.resolve(part.file())))) {
                            part.write(model, out);
                        }
                    }
                    histories(parts).write(trainedOn);
                    if (choice != null) {
                        Files.writeString(
                                parts.resolve("choice.json"), JSON.writeValueAsString(choice));
                    }
                    Files.writeString(
                            parts.resolve(DESCRIPTION),
                            JSON.writeValueAsString(model.description()));
                });
    }

    /**
     * Asks before the work what {@link #write} would find after it.
     *
     * @throws IOException if there is something that is no model
     */
    public void checkReplaceable() throws IOException {
        WholeDirectory.checkReplaceable(directory, DESCRIPTION);
    }

    /**
     * Reads the description alone.
     *
     * @throws UnreadableModel if there is none
     */
    public Description description() {
        Path file = directory.resolve(DESCRIPTION);
        try {
            return JSON.readValue(Files.readString(file), Description.class);
        } catch (IOException | JacksonException e) {
            throw new UnreadableModel(file, "no model's description: " + e, e);
        }
    }

    /** What the model was trained on. */
    public InteractionFile histories() {
        return histories(directory);
    }

    TrainedModel read() {
        Description description = description();
        try {
            String[] items =
                    Files.readAllLines(directory.resolve(Part.ITEMS.file())).toArray(String[]::new);
            float[] prior;
            try (InputStream in = in(Part.PRIOR)) {
                prior = BinaryPart.readFloats(in, items.length);
            }
            ItemWeights weights;
            try (InputStream in = in(Part.WEIGHTS)) {
                weights = Part.readWeights(in, items.length);
            }
            SparseRows similar;
            try (InputStream in = in(Part.SIMILAR)) {
                similar = Part.readRows(in, items.length);
            }
            TrainedModel model = new TrainedModel(description, items, prior, weights, similar);
            if (!checksum(model).equals(description.checksum())) {
                throw new UnreadableModel(directory, "its parts are not what model.json says");
            }
            return model;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableModel(directory, "not as it was written: " + e.getMessage(), e);
        }
    }

    static String checksum(TrainedModel model) {
        try (DigestOutputStream out =
                new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            out.write(
                    (model.description().spec() + '\n' + model.description().dataset() + '\n')
                            .getBytes(StandardCharsets.UTF_8));
            for (Part part : Part.values()) {
                part.write(model, out);
            }
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (IOException e) {
            throw new IllegalStateException("nothing was written anywhere", e);
        }
    }

    private InputStream in(Part part) throws IOException {
        return new BufferedInputStream(Files.newInputStream(directory.resolve(part.file())));
    }

    private static InteractionFile histories(Path parts) {
        return new InteractionFile(parts.resolve("train.tsv.gz"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
