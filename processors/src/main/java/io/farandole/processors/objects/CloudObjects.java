package io.farandole.processors.objects;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Objects in a bucket of Cloud Storage. The files of a prefix lie below a hash of all of them;
 * {@code manifest.json} beside it is written last, and once, and says which hash counts: so
 * whatever is there is whole, whoever wrote at the same time. What was fetched is kept in a
 * directory too.
 */
public final class CloudObjects implements ObjectStore {

    private static final String MANIFEST = "manifest.json";
    private static final int NOT_FOUND = 404;
    private static final int THERE_ALREADY = 412;

    private final Storage storage;
    private final String bucket;
    private final LocalCopies copies;

    /**
     * The objects of a bucket; it is not asked whether it is there.
     *
     * @param host of a server that stands in for Google's and asks for no credentials; null for
     *     Google's own, with the application's default credentials
     * @param copies where what was fetched is kept; each process has one of its own
     */
    public static CloudObjects in(String bucket, @Nullable URI host, Path copies) {
        return new CloudObjects(client(host), bucket, copies);
    }

    static Storage client(@Nullable URI host) {
        StorageOptions options =
                host == null
                        ? StorageOptions.getDefaultInstance()
                        : StorageOptions.newBuilder()
                                .setHost(host.toString())
                                .setProjectId("stand-in")
                                .setCredentials(NoCredentials.getInstance())
                                .build();
        return options.getService();
    }

    private CloudObjects(Storage storage, String bucket, Path copies) {
        this.storage = storage;
        this.bucket = bucket;
        this.copies = new LocalCopies(copies);
    }

    @Override
    public LocalDraft draft() throws IOException {
        return copies.draft();
    }

    @Override
    public void put(String prefix, Path directory) throws IOException {
        ObjectPrefix checked = ObjectPrefix.of(prefix);
        try {
            if (storage.get(idOf(checked, MANIFEST)) != null) {
                return;
            }
            Manifest manifest = Manifest.of(directory);
            for (Manifest.File file : manifest.files()) {
                upload(checked, manifest, directory.resolve(file.name()));
            }
            create(checked, manifest);
        } catch (StorageException e) {
            throw trouble("putting", prefix, e);
        }
    }

    @Override
    public Path fetch(String prefix) throws IOException {
        ObjectPrefix checked = ObjectPrefix.of(prefix);
        Manifest manifest = manifest(checked);
        Path known = copies.find(checked.kind(), manifest.hash());
        if (known != null) {
            return known;
        }
        try (LocalDraft draft = copies.draft()) {
            Path directory = Files.createDirectory(draft.directory());
            for (Manifest.File file : manifest.files()) {
                storage.downloadTo(
                        idOf(checked, manifest.hash() + "/" + file.name()),
                        directory.resolve(file.name()));
            }
            Manifest fetched = Manifest.of(directory);
            if (!fetched.equals(manifest)) {
                throw new IOException(
                        address(prefix) + " came as something else than its manifest says");
            }
            return copies.keep(checked.kind(), manifest.hash(), directory);
        } catch (StorageException e) {
            throw trouble("fetching", prefix, e);
        }
    }

    @Override
    public URI address(String prefix) throws IOException {
        ObjectPrefix checked = ObjectPrefix.of(prefix);
        return URI.create("gs://" + bucket + "/" + prefix + "/" + manifest(checked).hash());
    }

    @Override
    public void delete(String prefix) throws IOException {
        ObjectPrefix checked = ObjectPrefix.of(prefix);
        try {
            // First of all: from now on nobody finds half of it.
            boolean _ = storage.delete(idOf(checked, MANIFEST));
            for (Blob left :
                    storage.list(bucket, BlobListOption.prefix(prefix + "/")).iterateAll()) {
                boolean _ = storage.delete(left.getBlobId());
            }
        } catch (StorageException e) {
            throw trouble("deleting", prefix, e);
        }
    }

    private Manifest manifest(ObjectPrefix prefix) throws IOException {
        try {
            return Manifest.read(storage.readAllBytes(idOf(prefix, MANIFEST)));
        } catch (StorageException e) {
            if (e.getCode() == NOT_FOUND && isObjectMissing(e)) {
                throw new NoSuchObject(prefix.text());
            }
            throw trouble("looking for", prefix.text(), e);
        } catch (JacksonException e) {
            throw new IOException("the manifest of " + prefix.text() + " cannot be read", e);
        }
    }

    private void upload(ObjectPrefix prefix, Manifest manifest, Path file) throws IOException {
        BlobId id = idOf(prefix, manifest.hash() + "/" + file.getFileName());
        try {
            Blob _ =
                    storage.createFrom(
                            BlobInfo.newBuilder(id).build(), file, BlobWriteOption.doesNotExist());
        } catch (StorageException e) {
            // The same bytes: the hash is part of the name.
            if (e.getCode() != THERE_ALREADY) {
                throw e;
            }
        }
    }

    private void create(ObjectPrefix prefix, Manifest manifest) {
        BlobInfo info =
                BlobInfo.newBuilder(idOf(prefix, MANIFEST))
                        .setContentType("application/json")
                        .build();
        try {
            Blob _ = storage.create(info, manifest.bytes(), BlobTargetOption.doesNotExist());
        } catch (StorageException e) {
            // Whoever made the same before us made the same: its name says what it holds.
            if (e.getCode() != THERE_ALREADY) {
                throw e;
            }
        }
    }

    private BlobId idOf(ObjectPrefix prefix, String name) {
        return BlobId.of(bucket, prefix.text() + "/" + name);
    }

    // A bucket that is not there is 404 too, and says so.
    private static boolean isObjectMissing(StorageException e) {
        String message = e.getMessage();
        return message == null || !message.contains("bucket does not exist");
    }

    private IOException trouble(String doing, String prefix, StorageException e) {
        return new IOException(
                doing
                        + " gs://"
                        + bucket
                        + "/"
                        + prefix
                        + " failed"
                        + (e.getCode() == 0 ? "" : " with " + e.getCode())
                        + ": "
                        + e.getMessage(),
                e);
    }
}
