package io.farandole.processors.objects;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which files an object has.
 *
 * @param hash of names and contents, in hexadecimal; the files lie below it
 */
record Manifest(String hash, List<File> files) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HASH_BYTES = 20;

    /**
     * A file.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    record File(String name, long size, String sha256) {}

    Manifest {
        files = List.copyOf(files);
    }

    /** Of all files that are directly in a directory. */
    static Manifest of(Path directory) throws IOException {
        List<File> files = new ArrayList<>();
        MessageDigest all = sha256();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.sorted().toList()) {
                File file =
                        new File(
                                String.valueOf(path.getFileName()),
                                Files.size(path),
                                HexFormat.of().formatHex(digest(path)));
                files.add(file);
                all.update((file + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Manifest(HexFormat.of().formatHex(all.digest(), 0, HASH_BYTES), files);
    }

    static Manifest read(byte[] json) {
        return JSON.readValue(json, Manifest.class);
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            long _ = Files.copy(file, out);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
