package io.farandole.processors.warehouse;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.rated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.ArchiveContract;
import io.farandole.processors.archive.Selection;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Account;
import io.farandole.streams.Landing.Consignment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive in a DuckDB file: the contract, and what a file is asked besides. */
class DuckDbArchiveTest extends ArchiveContract<DuckDbArchive> {

    private static final Selection ACTIVITY = Selection.of(TopicCatalogue.ACTIVITY);

    @TempDir private Path temporary;
    private int made;

    @Override
    protected DuckDbArchive archive(int retentionDays) {
        return in(temporary.resolve("warehouse-" + ++made), retentionDays);
    }

    @Test
    void isThereAgainWhenItIsOpenedAgain() throws IOException {
        DuckDbArchive archive = in(temporary.resolve("kept"), 0);
        archive.open();
        archive.land(consignment(rated("1", "film", 4, NOON, 1)), NOON);
        archive.close();

        archive.open();
        archive.land(
                consignment(rated("1", "film", 4, NOON, 1), rated("1", "film", 4, NOON, 2)), NOON);

        assertThat(positions(archive)).containsExactly(1L, 2L);
        assertThat(archive.accounts()).containsExactly(new Account("activity", NOON, 3, 2, 1));
        assertThat(archive.extent().bytes()).isPositive();
        archive.close();
    }

    @Test
    void forgetsPastLandingsButNotHowFarItsNumbersAre() throws IOException, SQLException {
        Path directory = temporary.resolve("landings");
        DuckDbArchive archive = in(directory, 40);
        archive.open();
        for (int i = 1; i <= 3; i++) {
            archive.land(consignment(rated("1", "film", 4, NOON, i)), NOON);
        }
        Instant later = NOON.plus(Duration.ofDays(100));
        archive.keepHouse(later);
        archive.close();
        assertThat(landings(directory)).isEqualTo(1);

        archive.open();
        archive.land(consignment(rated("1", "film", 4, later, 4)), later);
        assertThat(positions(archive)).containsExactly(4L);
        archive.close();
    }

    private static long landings(Path directory) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:duckdb:" + directory.resolve("warehouse.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from batch")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void isOwnedByOneAlone() throws IOException {
        DuckDbArchive one = in(temporary.resolve("owned"), 0);
        DuckDbArchive other = in(temporary.resolve("owned"), 0);
        one.open();

        assertThatThrownBy(other::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is owned by this process already");
        one.close();
        other.open();
        other.close();
    }

    @Test
    void saysWhereItIsToBeReadWhenItIsNotOpen() {
        DuckDbArchive archive = in(temporary.resolve("closed"), 0);

        assertThatThrownBy(() -> archive.read(ACTIVITY, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not open in this process");
    }

    @Test
    void asksForADirectory() {
        DuckDbArchive archive = new DuckDbArchive(new WarehouseSettings(null, 0));

        assertThatThrownBy(archive::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("farandole.warehouse.directory is not set");
    }

    @Test
    void refusesToForgetWhatMayComeAgain() {
        assertThatThrownBy(() -> new WarehouseSettings(temporary, 31))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retention-days = 31 is less than 33");
    }

    @Test
    @SuppressWarnings("NullAway") // What the file refuses when half of the rows are written.
    void keepsNothingOfALandingThatFailedInTheMiddle() throws IOException {
        DuckDbArchive archive = in(temporary.resolve("broken"), 0);
        archive.open();
        archive.land(consignment(rated("1", "film", 4, NOON, 1)), NOON);
        Delivery good = rated("1", "film", 4, NOON, 2);
        Delivery bad = new Delivery("m", "k", rated("1", "f", 1, NOON, 3).attributes(), null, NOON);

        assertThatThrownBy(() -> archive.land(consignment(good, bad), NOON))
                .isInstanceOf(IOException.class);

        assertThat(positions(archive)).containsExactly(1L);
        assertThat(archive.land(consignment(good), NOON).fresh()).containsExactly(1);
        assertThat(positions(archive)).containsExactly(1L, 2L);
        assertThat(archive.accounts()).containsExactly(new Account("activity", NOON, 2, 2, 0));
        archive.close();
    }

    private static DuckDbArchive in(Path directory, int retentionDays) {
        return new DuckDbArchive(new WarehouseSettings(directory, retentionDays));
    }

    private static List<Consignment> consignment(Delivery... deliveries) {
        return List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries)));
    }

    private static List<Long> positions(DuckDbArchive archive) throws IOException {
        List<Long> positions = new ArrayList<>();
        archive.read(ACTIVITY, row -> positions.add(row.position()));
        return positions;
    }
}
