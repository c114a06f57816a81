package io.farandole.streams.batch;

import io.farandole.streams.ReadModel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The views of one processor. */
final class ReadModels {

    private static final String MADE_AS =
            "select select_as from streams.read_model where processor = ? and name = ?";
    private static final String REMEMBER =
            """
            insert into streams.read_model (processor, name, select_as) values (?, ?, ?)
            on conflict (processor, name) do update set select_as = excluded.select_as
            """;

    private final Ddl ddl;
    private final String processor;

    ReadModels(Ddl ddl, String processor) {
        this.ddl = ddl;
        this.processor = processor;
    }

    String nameOf(ReadModel readModel) {
        return Ddl.quoted(processor) + "." + Ddl.quoted(readModel.name());
    }

    /** Makes the view, anew if it was described otherwise before. */
    void ensure(ReadModel readModel) throws SQLException {
        String view = nameOf(readModel);
        if (ddl.exists(view) && isMadeAs(readModel)) {
            return;
        }
        ddl.run("drop view if exists " + view);
        ddl.run("create view " + view + " as " + readModel.select());
        try (PreparedStatement remember = ddl.connection().prepareStatement(REMEMBER)) {
            remember.setString(1, processor);
            remember.setString(2, readModel.name());
            remember.setString(3, readModel.select());
            remember.executeUpdate();
        }
    }

    private boolean isMadeAs(ReadModel readModel) throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(MADE_AS)) {
            statement.setString(1, processor);
            statement.setString(2, readModel.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getString(1).equals(readModel.select());
            }
        }
    }
}
