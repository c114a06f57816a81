package io.farandole.processors.vertex;

import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.aiplatform.v1.DeleteModelVersionRequest;
import com.google.cloud.aiplatform.v1.GetModelRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsRequest;
import com.google.cloud.aiplatform.v1.ListModelVersionsResponse;
import com.google.cloud.aiplatform.v1.MergeVersionAliasesRequest;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.ModelContainerSpec;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.Port;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import io.farandole.processors.steps.GivenUp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry: one model an installation, each model of ours a version of it. A version has an
 * alias made of the checksum, which no other version may have, so that a model is uploaded once.
 */
public final class ModelRegistry {

    private static final Logger log = LoggerFactory.getLogger(ModelRegistry.class);
    private static final int PAGE = 100;
    private static final int ALIAS_LENGTH = 40;

    private final ModelServiceClient client;
    private final VertexSettings settings;
    private final String parent;

    ModelRegistry(ModelServiceClient client, VertexSettings settings, String parent) {
        this.client = client;
        this.settings = settings;
        this.parent = parent;
    }

    /**
     * The model's version, uploaded if it is not there.
     *
     * @param checksum who it is
     * @param spec what it is, for people
     * @param files where they are, {@code gs://…}
     */
    public ModelVersion version(String checksum, String spec, URI files)
            throws InterruptedException, GivenUp, VertexTrouble {
        Optional<ModelVersion> there = find(alias(checksum));
        return there.isPresent() ? there.get() : upload(checksum, spec, files);
    }

    /** All versions, the newest first; none while nothing was uploaded. */
    public List<ModelVersion> versions() throws InterruptedException, GivenUp, VertexTrouble {
        List<ModelVersion> versions = new ArrayList<>();
        if (model(name()).isEmpty()) {
            return versions;
        }
        String page = "";
        do {
            ListModelVersionsResponse response =
                    Calling.await(
                            "listing the versions of " + name(),
                            client.listModelVersionsCallable()
                                    .futureCall(
                                            ListModelVersionsRequest.newBuilder()
                                                    .setName(name())
                                                    .setPageSize(PAGE)
                                                    .setPageToken(page)
                                                    .build()),
                            patience());
            response.getModelsList().forEach(model -> versions.add(ModelVersion.of(model)));
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        versions.sort(Comparator.comparing(ModelVersion::created).reversed());
        return versions;
    }

    /** From now on whoever asks for no version gets this one. */
    public void makeDefault(ModelVersion version)
            throws InterruptedException, GivenUp, VertexTrouble {
        if (version.isDefault()) {
            return;
        }
        Model _ =
                Calling.await(
                        "making " + version.name() + " the default",
                        client.mergeVersionAliasesCallable()
                                .futureCall(
                                        MergeVersionAliasesRequest.newBuilder()
                                                .setName(version.name())
                                                .addVersionAliases(ModelVersion.DEFAULT)
                                                .build()),
                        patience());
    }

    /**
     * Deletes all versions of ours but the newest few, the default, and those in use.
     *
     * @param inUse names of versions
     */
    public void prune(int kept, Set<String> inUse)
            throws InterruptedException, GivenUp, VertexTrouble {
        List<ModelVersion> ours =
                versions().stream().filter(version -> !version.model().isEmpty()).toList();
        for (ModelVersion old : ours.subList(Math.min(kept, ours.size()), ours.size())) {
            if (!old.isDefault() && !inUse.contains(old.name())) {
                String doing = "deleting " + old.name();
                Operation.await(
                        doing,
                        client.deleteModelVersionAsync(
                                DeleteModelVersionRequest.newBuilder().setName(old.name()).build()),
                        settings.uploadDeadline(),
                        () -> model(old.name()).isEmpty());
                log.info("Version {} of the registry cannot be gone back to any more", old.name());
            }
        }
    }

    private ModelVersion upload(String checksum, String spec, URI files)
            throws InterruptedException, GivenUp, VertexTrouble {
        UploadModelRequest.Builder request =
                UploadModelRequest.newBuilder()
                        .setParent(parent)
                        .setServiceAccount(settings.serviceAccount())
                        .setModel(
                                Model.newBuilder()
                                        .setDisplayName(settings.installation())
                                        .setVersionDescription(spec)
                                        .addVersionAliases(alias(checksum))
                                        .putLabels(ModelVersion.CHECKSUM, alias(checksum))
                                        .setArtifactUri(files.toString())
                                        .setContainerSpec(server()));
        if (model(name()).isPresent()) {
            request.setParentModel(name());
        } else {
            request.setModelId(settings.installation());
        }
        Operation.await(
                "uploading model " + alias(checksum),
                client.uploadModelAsync(request.build()),
                settings.uploadDeadline(),
                () -> find(alias(checksum)).isPresent());
        return find(alias(checksum))
                .orElseThrow(
                        () ->
                                new GivenUp(
                                        "model "
                                                + alias(checksum)
                                                + " was uploaded, but is not in the registry"));
    }

    private ModelContainerSpec server() {
        return ModelContainerSpec.newBuilder()
                .setImageUri(settings.image())
                .addAllCommand(Programs.command(settings.classPath(), ModelServer.class.getName()))
                .addPorts(Port.newBuilder().setContainerPort(ModelServer.PORT))
                .setPredictRoute(ModelServer.PREDICT)
                .setHealthRoute(ModelServer.HEALTH)
                .build();
    }

    private Optional<ModelVersion> find(String alias)
            throws InterruptedException, GivenUp, VertexTrouble {
        return model(name() + "@" + alias).map(ModelVersion::of);
    }

    private Optional<Model> model(String name) throws InterruptedException, GivenUp, VertexTrouble {
        String doing = "looking for " + name;
        try {
            return Optional.of(
                    client.getModelCallable()
                            .futureCall(GetModelRequest.newBuilder().setName(name).build())
                            .get(patience().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (Calling.says(StatusCode.Code.NOT_FOUND, e)) {
                return Optional.empty();
            }
            throw Calling.failure(doing, e);
        } catch (TimeoutException e) {
            throw new VertexTrouble(doing + " was not answered within " + patience(), e);
        }
    }

    private String name() {
        return parent + "/models/" + settings.installation();
    }

    private Duration patience() {
        return settings.callDeadline().plusSeconds(5);
    }

    /** As an alias has to be: a letter in front. */
    static String alias(String checksum) {
        return "m" + checksum.substring(0, Math.min(checksum.length(), ALIAS_LENGTH));
    }
}
