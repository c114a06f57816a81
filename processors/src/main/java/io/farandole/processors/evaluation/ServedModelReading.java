package io.farandole.processors.evaluation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads from deployment's releases which model is served. */
final class ServedModelReading implements Incumbent {

    private static final String SERVED =
            "select model from deployment.releases where phase = 'LIVE'";

    private final DataSource database;

    ServedModelReading(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<String> model() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SERVED);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }
}
