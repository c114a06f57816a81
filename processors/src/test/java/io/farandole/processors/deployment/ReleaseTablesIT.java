package io.farandole.processors.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.deployment.ReleaseRow.Phase;
import io.farandole.processors.steps.GivenUp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReleaseTablesIT {

    private static DurablePostgres postgres;

    private ReleaseTables tables;

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
    }

    @AfterEach
    void dropTheTables() {
        JdbcClient.create(postgres.ownerDataSource())
                .sql("drop schema deployment, personalisation cascade")
                .update();
    }

    @Test
    void aRunHasOneReleaseHoweverOftenItIsLoaded() throws Exception {
        ReleaseRow first = tables.load(approved("a", null), "data");
        ReleaseRow again = tables.load(approved("a", null), "data");

        assertThat(first.release()).isEqualTo("r1");
        assertThat(first.phase()).isEqualTo(Phase.LOADING);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aReleaseThatWasOvertakenIsGivenUpAndNotSaidToBeReleased() throws Exception {
        tables.load(approved("a", null), "data");
        assertThat(tables.load(approved("b", null), "data").release()).isEqualTo("r2");

        assertThatThrownBy(() -> tables.load(approved("a", null), "data"))
                .isInstanceOf(GivenUp.class)
                .hasMessage("release r1 was given up: another one was made after it");
    }

    @Test
    void aReleaseThatFailedIsLoadedAgain() throws Exception {
        tables.load(approved("a", null), "data");
        tables.giveUp("r1");

        ReleaseRow again = tables.load(approved("a", null), "data");

        assertThat(again.release()).isEqualTo("r1");
        assertThat(again.phase()).isEqualTo(Phase.LOADING);
    }

    @Test
    void whatWasComparedWithAnotherModelThanTheServedOneIsNotReleased() {
        assertThatThrownBy(() -> tables.load(approved("a", "models/old"), "data"))
                .isInstanceOf(GivenUp.class)
                .hasMessage("it was compared with models/old, but none is served by now");
    }

    private static Approved approved(String run, @Nullable String incumbent) {
        return new Approved(new RunId(run), "models/" + run, "ease", List.of(), incumbent);
    }
}
