package io.farandole.processors.objects;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where objects are: {@code farandole.objects.*}.
 *
 * @param directory shared by all processes that run a step; made when something is put there. With
 *     a bucket it holds copies of what was fetched, and each process has its own
 * @param bucket of Cloud Storage, where objects are instead; its credentials are the application's
 *     default ones
 * @param host of a server that speaks Cloud Storage's JSON API and asks for no credentials, such as
 *     {@code http://127.0.0.1:9023}; Google's if it is not said
 */
@ConfigurationProperties("farandole.objects")
record ObjectsSettings(Path directory, @Nullable String bucket, @Nullable URI host) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    ObjectsSettings(@Nullable Path directory, @Nullable String bucket, @Nullable URI host) {
        if (directory == null || directory.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "farandole.objects.directory is not set: name a directory for data sets and"
                            + " models");
        }
        this.directory = directory;
        this.bucket = bucket == null || bucket.isBlank() ? null : bucket;
        this.host = host;
        if (this.bucket != null && !BUCKET.matcher(this.bucket).matches()) {
            throw new IllegalArgumentException(
                    "farandole.objects.bucket = "
                            + bucket
                            + " is no bucket's name: give it without gs:// and without a folder");
        }
    }
}
