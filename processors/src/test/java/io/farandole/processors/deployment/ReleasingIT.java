package io.farandole.processors.deployment;

import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.MemoryObjects;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.training.Training;
import io.farandole.streams.testing.ProcessorDriver;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a release that cannot be made. */
class ReleasingIT {

    private static final Approved APPROVED =
            new Approved(new RunId("a"), "models/a", "popularity", List.of(), null);

    @TempDir private Path temporary;

    private static DurablePostgres postgres;
    private ReleaseTables tables;
    private MemoryObjects objects;
    private Releasing releasing;
    private Switching switching;

    @BeforeAll
    static void startPostgres() {
        postgres = DurablePostgres.temporary();
    }

    @AfterAll
    static void endPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() {
        new ReleaseSchema(postgres.ownerDataSource()).migrate();
        tables = new ReleaseTables(postgres.ownerDataSource());
        objects = new MemoryObjects(temporary);
        DataSource database = postgres.ownerDataSource();
        Filling filling = new Filling(tables, new StagingLists(withoutMemory()));
        Tidying tidying = new Tidying(objects, database, 5);
        releasing =
                new Releasing(
                        objects,
                        tables,
                        filling,
                        new DeploymentSettings(10, 5, DeploymentSettings.Predictions.NONE),
                        tidying,
                        Predicting.NONE);
        switching = new Switching(objects, new SwitchTables(database), filling, tidying);
    }

    @AfterEach
    void dropTheTables() {
        JdbcClient.create(postgres.ownerDataSource())
                .sql("drop schema deployment, personalisation cascade")
                .update();
    }

    @Test
    void anErrorLeavesNothingLoading() throws Exception {
        Path directory = temporary.resolve("model");
        var interactions = TownInteractions.of(2, 4, 4, 2);
        new ModelDirectory(directory)
                .write(Training.train(ModelSpec.parse("popularity"), interactions), interactions);
        objects.put("models/a", directory);

        assertThatThrownBy(() -> releasing.release(APPROVED)).isInstanceOf(OutOfMemoryError.class);

        assertThat(phase()).isEqualTo("FAILED");
    }

    @Test
    void whatAKilledProcessLeftLoadingIsGivenUpWithItsWork() throws Exception {
        tables.load(APPROVED, "data");
        ProcessorDriver driver =
                ProcessorDriver.of(
                        Deployment.describe(
                                releasing, switching, new Following(Predicting.NONE, tables)));
        driver.pipe(TRAINING, APPROVED, Instant.parse("2026-01-01T00:00:00Z"));

        // Its model is not there any more, at none of the attempts.
        driver.performWork();

        assertThat(driver.said(TRAINING))
                .singleElement()
                .satisfies(said -> assertThat(said.event()).isInstanceOf(Failed.class));
        assertThat(phase()).isEqualTo("FAILED");
    }

    private String phase() {
        return JdbcClient.create(postgres.ownerDataSource())
                .sql("select phase from deployment.releases")
                .query(String.class)
                .single();
    }

    private static DataSource withoutMemory() {
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, _, _) -> {
                            throw new OutOfMemoryError("as if");
                        });
    }
}
