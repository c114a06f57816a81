package io.farandole.streams.batch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database to which the connection is lost when it is told to commit, before that or after. */
final class LosingCommits {

    /** What happens to the next commit. */
    enum Loss {
        NONE,
        BEFORE,
        AFTER
    }

    private final DataSource database;
    private Loss next = Loss.NONE;

    LosingCommits(DataSource database) {
        this.database = database;
    }

    void lose(Loss loss) {
        next = loss;
    }

    DataSource dataSource() {
        return proxy(
                DataSource.class,
                database,
                (method, result) -> result instanceof Connection one ? losing(one) : result);
    }

    private Connection losing(Connection connection) {
        return proxy(Connection.class, connection, (method, result) -> result);
    }

    private interface Returning {
        Object result(String method, Object result);
    }

    private <T> T proxy(Class<T> type, T real, Returning returning) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            boolean commits = method.getName().equals("commit");
                            if (commits && next == Loss.BEFORE) {
                                throw lost();
                            }
                            try {
                                Object result = method.invoke(real, arguments);
                                if (commits && next == Loss.AFTER) {
                                    throw lost();
                                }
                                return returning.result(method.getName(), result);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private SQLException lost() {
        next = Loss.NONE;
        return new SQLException("the connection was lost", "08006");
    }
}
