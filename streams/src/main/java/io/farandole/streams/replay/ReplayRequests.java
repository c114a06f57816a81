package io.farandole.streams.replay;

import io.farandole.streams.batch.InfrastructureTrouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The requests, as they stand in the database. */
public final class ReplayRequests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COLUMNS = " id, kind, processor, arguments, state, answer, reason ";
    private static final String ASK =
            """
            insert into streams.replay_request (kind, processor, arguments)
            values (?, ?, ?::jsonb) returning id
            """;
    // Whoever took one and was killed left it: all that is asked can be begun again.
    private static final String TAKE =
            """
            update streams.replay_request r
            set state = 'TAKEN', taken_at = clock_timestamp()
            from (
              select id from streams.replay_request
              where processor = any (?) and (state = 'ASKED'
                or state = 'TAKEN' and taken_at < clock_timestamp() - interval '10 minutes')
              order by id limit 1 for update skip locked) next
            where r.id = next.id
            returning r.id, r.kind, r.processor, r.arguments, r.state, r.answer, r.reason
            """;
    private static final String ANSWER =
            """
            update streams.replay_request
            set state = ?, answer = ?::jsonb, reason = ?, answered_at = clock_timestamp()
            where id = ?
            """;
    private static final String FIND =
            "select" + COLUMNS + "from streams.replay_request where id = ?";
    private static final String WITHDRAW =
            """
            update streams.replay_request
            set state = 'REFUSED', reason = 'withdrawn', answered_at = clock_timestamp()
            where id = ? and state = 'ASKED'
            """;

    private final DataSource dataSource;

    public ReplayRequests(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Asks, and says under which id the answer will be. */
    public long ask(ReplayRequest.Kind kind, String processor, Map<String, String> arguments) {
        return run(
                ASK,
                statement -> {
                    statement.setString(1, kind.name());
                    statement.setString(2, processor);
                    statement.setString(3, JSON.writeValueAsString(arguments));
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        return rows.getLong(1);
                    }
                });
    }

    public Optional<ReplayRequest> find(long id) {
        return run(
                FIND,
                statement -> {
                    statement.setLong(1, id);
                    return first(statement);
                });
    }

    /** Takes the oldest that nobody has taken, for one of these processors. */
    public Optional<ReplayRequest> take(Collection<String> processors) {
        return run(
                TAKE,
                statement -> {
                    statement.setArray(
                            1,
                            statement
                                    .getConnection()
                                    .createArrayOf("text", processors.toArray(String[]::new)));
                    return first(statement);
                });
    }

    public void done(ReplayRequest request, Object answer) {
        answer(request, ReplayRequest.State.DONE, JSON.writeValueAsString(answer), null);
    }

    public void refused(ReplayRequest request, String reason) {
        answer(request, ReplayRequest.State.REFUSED, null, reason);
    }

    public void failed(ReplayRequest request, String reason) {
        answer(request, ReplayRequest.State.FAILED, null, reason);
    }

    /** Whether nobody had taken it, and nobody will. */
    public boolean withdraw(long id) {
        return run(
                WITHDRAW,
                statement -> {
                    statement.setLong(1, id);
                    return statement.executeUpdate() == 1;
                });
    }

    private void answer(
            ReplayRequest request,
            ReplayRequest.State state,
            @Nullable String answer,
            @Nullable String reason) {
        int _ =
                run(
                        ANSWER,
                        statement -> {
                            statement.setString(1, state.name());
                            statement.setString(2, answer);
                            statement.setString(
                                    3, reason == null ? null : reason.replace("\0", ""));
                            statement.setLong(4, request.id());
                            return statement.executeUpdate();
                        });
    }

    /** Uses a statement. */
    @FunctionalInterface
    private interface Using<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Using<T> using) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return using.of(statement);
        } catch (SQLException e) {
            throw new InfrastructureTrouble(
                    "the replay requests cannot be reached: " + e.getMessage(), e);
        }
    }

    private static Optional<ReplayRequest> first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(request(rows)) : Optional.empty();
        }
    }

    private static ReplayRequest request(ResultSet rows) throws SQLException {
        return new ReplayRequest(
                rows.getLong(1),
                ReplayRequest.Kind.valueOf(rows.getString(2)),
                rows.getString(3),
                JSON.readValue(rows.getString(4), new TypeReference<Map<String, String>>() {}),
                ReplayRequest.State.valueOf(rows.getString(5)),
                rows.getString(6),
                rows.getString(7));
    }
}
