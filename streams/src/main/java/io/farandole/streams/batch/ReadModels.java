package io.farandole.streams.batch;

import io.farandole.streams.ReadModel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The views of one processor. */
final class ReadModels {

    private static final Logger log = LoggerFactory.getLogger(ReadModels.class);
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

    /**
     * Makes the view, anew if it was described otherwise before. It never loses a column: while
     * programs of two versions run, whoever of the former one starts again would take from those
     * who read what is new.
     */
    void ensure(ReadModel readModel) throws SQLException {
        String view = nameOf(readModel);
        if (ddl.exists(view)) {
            if (isMadeAs(readModel)) {
                return;
            }
            Set<String> lost = columns(view);
            lost.removeAll(columns("(" + readModel.select() + "\n) described"));
            if (!lost.isEmpty()) {
                log.warn(
                        "View {} stays as it is, for it has {}, of which this program knows nothing. What is to have"
                                + " fewer columns needs another name",
                        view,
                        lost);
                return;
            }
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

    // No prepared one: question marks are operators here.
    private Set<String> columns(String relation) throws SQLException {
        try (Statement statement = ddl.connection().createStatement();
                ResultSet none = statement.executeQuery("select * from " + relation + " limit 0")) {
            Set<String> columns = new TreeSet<>();
            for (int column = 1; column <= none.getMetaData().getColumnCount(); column++) {
                columns.add(none.getMetaData().getColumnName(column));
            }
            return columns;
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
