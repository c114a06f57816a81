package io.farandole.processors.objects;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A folder that somebody else has made in a bucket, such as Vertex AI's copy of a model. */
public final class BucketFolder {

    private BucketFolder() {}

    /**
     * Fetches all files that are directly in it, with the application's default credentials.
     *
     * @param folder {@code gs://bucket/folder}
     * @param directory is there already
     * @throws IOException if there are none, or they cannot be read
     */
    public static void download(URI folder, Path directory) throws IOException {
        download(CloudObjects.client(null), folder, directory);
    }

    static void download(Storage storage, URI folder, Path directory) throws IOException {
        if (!"gs".equals(folder.getScheme())) {
            throw new IOException(folder + " is no folder of a bucket: gs://bucket/folder");
        }
        String path = folder.getPath().substring(1);
        String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        int files = 0;
        try {
            for (Blob file :
                    storage.list(folder.getAuthority(), BlobListOption.prefix(prefix))
                            .iterateAll()) {
                String name = file.getName().substring(prefix.length());
                if (!name.isEmpty() && name.indexOf('/') < 0) {
                    file.downloadTo(directory.resolve(name));
                    files++;
                }
            }
        } catch (StorageException e) {
            throw new IOException("reading " + folder + " failed: " + e.getMessage(), e);
        }
        if (files == 0) {
            throw new IOException("there are no files in " + folder);
        }
    }
}
