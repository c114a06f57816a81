package io.farandole.streams.crashing;

import io.farandole.streams.crashing.CrashPoint.When;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database whose user crashes at a point: every {@code every}-th time that it is passed, until it
 * has crashed often enough. Seen from there it is the real one.
 */
public final class CrashingDatabase {

    private final DataSource real;
    private final @Nullable CrashPoint point;
    private final int every;
    private final int most;
    private final Crash crash;
    private final UnaryOperator<String> rewriting;
    private final AtomicInteger passages = new AtomicInteger();
    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger rewritten = new AtomicInteger();
    private volatile boolean isArmed = true;

    /** What happens at the point. */
    @FunctionalInterface
    public interface Crash {
        void of(Connection connection) throws SQLException;

        /** The connection is gone, and so is whatever was under way on it. */
        static void loseConnection(Connection connection) throws SQLException {
            connection.abort(Runnable::run);
            throw new SQLException("the connection was lost here on purpose", "08006");
        }

        /** As if the process were killed. */
        static void halt(Connection connection) {
            Runtime.getRuntime().halt(137);
        }
    }

    private CrashingDatabase(
            DataSource real,
            @Nullable CrashPoint point,
            int every,
            int most,
            Crash crash,
            UnaryOperator<String> rewriting) {
        this.real = real;
        this.point = point;
        this.every = every;
        this.most = most;
        this.crash = crash;
        this.rewriting = rewriting;
    }

    public static CrashingDatabase at(
            CrashPoint point, DataSource real, int every, int most, Crash crash) {
        return new CrashingDatabase(real, point, every, most, crash, UnaryOperator.identity());
    }

    /** One that never crashes, but is told other statements than the product wrote. */
    public static CrashingDatabase told(UnaryOperator<String> others, DataSource real) {
        return new CrashingDatabase(real, null, 1, 0, Crash::loseConnection, others);
    }

    /** Nothing happens before {@link #arm()}: a start that is cut off has a test of its own. */
    CrashingDatabase disarmed() {
        isArmed = false;
        return this;
    }

    void arm() {
        isArmed = true;
    }

    /** How many statements were others than the product wrote. */
    public int rewritten() {
        return rewritten.get();
    }

    int crashes() {
        return crashes.get();
    }

    public DataSource dataSource() {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    Object result = invoke(method, real, arguments);
                    return result instanceof Connection connection
                            ? connection(connection)
                            : result;
                });
    }

    private Connection connection(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        return passing(CrashPoint.COMMIT, connection, connection, method);
                    }
                    if (method.getName().equals("prepareStatement")) {
                        String sql = rewriting.apply((String) arguments[0]);
                        if (!sql.equals(arguments[0])) {
                            rewritten.incrementAndGet();
                        }
                        arguments[0] = sql;
                        return statement(
                                sql,
                                Objects.requireNonNull(
                                        (PreparedStatement) invoke(method, connection, arguments)),
                                connection);
                    }
                    return invoke(method, connection, arguments);
                });
    }

    private PreparedStatement statement(
            String sql, PreparedStatement statement, Connection connection) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) ->
                        method.getName().startsWith("execute") && arguments.length == 0
                                ? passing(sql, connection, statement, method)
                                : invoke(method, statement, arguments));
    }

    private @Nullable Object passing(
            String sql, Connection connection, Object target, Method method) throws Throwable {
        crashIfReached(When.BEFORE, sql, connection);
        Object result = invoke(method, target);
        crashIfReached(When.INSTEAD_OF_REPLY, sql, connection);
        crashIfReached(When.AFTER, sql, connection);
        return result;
    }

    private void crashIfReached(When when, String sql, Connection connection) throws SQLException {
        if (isArmed
                && point != null
                && point.isReached(when, sql)
                && passages.incrementAndGet() % every == 0
                && crashes.get() < most) {
            crashes.incrementAndGet();
            crash.of(connection);
        }
    }

    @FunctionalInterface
    private interface Handling {
        @Nullable Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handling handling) {
        return type.cast(
                Proxy.newProxyInstance(
                        CrashingDatabase.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                handling.of(
                                        method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Method method, Object target, Object... arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
