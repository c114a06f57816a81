package io.farandole.gateway;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import reactor.core.publisher.Mono;

/** The texts of all SQL that the API has sent to Postgres, as they went to the driver. */
public final class SentStatements implements ConnectionFactoryDecorator {

    private final Set<String> texts = ConcurrentHashMap.newKeySet();

    /** All until now; each once. */
    public Set<String> texts() {
        return Set.copyOf(texts);
    }

    @Override
    public ConnectionFactory decorate(ConnectionFactory to) {
        return wrapped(
                ConnectionFactory.class,
                to,
                (method, result) ->
                        method.getName().equals("create")
                                ? Mono.from((Publisher<?>) result)
                                        .map(connection -> noting((Connection) connection))
                                : result);
    }

    private Connection noting(Connection to) {
        return (Connection)
                Proxy.newProxyInstance(
                        SentStatements.class.getClassLoader(),
                        to.getClass().getInterfaces(),
                        (_, method, arguments) -> {
                            if (method.getName().equals("createStatement")) {
                                texts.add((String) arguments[0]);
                            }
                            Object result = invoke(to, method, arguments);
                            return result instanceof Batch batch ? noting(batch) : result;
                        });
    }

    private Batch noting(Batch to) {
        return (Batch)
                Proxy.newProxyInstance(
                        SentStatements.class.getClassLoader(),
                        new Class<?>[] {Batch.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("add")) {
                                texts.add((String) arguments[0]);
                            }
                            return invoke(to, method, arguments);
                        });
    }

    private interface Changing {
        Object of(Method method, Object result);
    }

    private static <T> T wrapped(Class<T> type, T to, Changing changing) {
        return type.cast(
                Proxy.newProxyInstance(
                        SentStatements.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                changing.of(method, invoke(to, method, arguments))));
    }

    private static Object invoke(Object to, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(to, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
