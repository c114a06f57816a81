package io.farandole.processors.deployment;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Writes rows into a table as fast as Postgres takes them; nothing of it stands if one fails. */
final class CopyIn implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final org.postgresql.copy.CopyIn copy;
    private final StringBuilder rows = new StringBuilder(BUFFER);

    private CopyIn(org.postgresql.copy.CopyIn copy) {
        this.copy = copy;
    }

    /**
     * @param table with its columns, a constant of the source code
     */
    static CopyIn to(Connection connection, String table) throws SQLException {
        return new CopyIn(
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin"));
    }

    void row(Object... columns) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            rows.append(i == 0 ? "" : "\t");
            append(columns[i].toString());
        }
        rows.append('\n');
        if (rows.length() >= BUFFER) {
            flush();
        }
    }

    // Without it all that was written is dropped with the transaction.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            flush();
            copy.endCopy();
        }
    }

    /** As the text format of COPY wants it. */
    private void append(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(c);
            }
        }
    }

    private void flush() throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }
}
