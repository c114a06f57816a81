package io.farandole.pubsub.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Loads the server anew, beside the one on the class path, with one method of it gone wrong: so
 * production code knows nothing of faults, and any method can have one.
 */
final class FaultyServer extends ClassLoader {

    private static final String SERVER = "io.farandole.pubsub.";
    private static final String SUITE = FaultyServer.class.getPackageName() + '.';

    private final @Nullable Fault fault;
    private final ClassFileLocator classFiles;

    private FaultyServer(@Nullable Fault fault) {
        super(FaultyServer.class.getClassLoader());
        this.fault = fault;
        this.classFiles = ClassFileLocator.ForClassLoader.of(getParent());
    }

    /** Without a fault it is the same server, loaded the same way. */
    static Subject start(@Nullable Fault fault, Duration patience, Duration settled) {
        try {
            return (Subject)
                    new FaultyServer(fault)
                            .loadClass(EmbeddedSubject.class.getName())
                            .getConstructor(Path.class, Duration.class, Duration.class)
                            .newInstance(null, patience, settled);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no server with the fault " + fault, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!isLoadedAnew(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private static boolean isLoadedAnew(String name) {
        return name.startsWith(SUITE)
                ? name.equals(EmbeddedSubject.class.getName())
                : name.startsWith(SERVER);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes =
                fault != null && name.equals(SERVER + fault.type())
                        ? planted(name, fault)
                        : read(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private byte[] planted(String name, Fault planting) {
        TypeDescription type = TypePool.Default.of(classFiles).describe(name).resolve();
        List<String> present =
                type.getDeclaredMethods().stream().map(FaultyServer::signature).toList();
        if (!present.containsAll(planting.methods())) {
            throw new IllegalStateException(
                    "%s: %s has no longer all of %s; it has %s"
                            .formatted(planting, name, planting.methods(), present));
        }
        return new ByteBuddy()
                .redefine(type, classFiles)
                .visit(planting.how().in(method -> planting.methods().contains(signature(method))))
                .make()
                .getBytes();
    }

    private static String signature(MethodDescription method) {
        return method.getName()
                + method.getParameters().asTypeList().asErasures().stream()
                        .map(TypeDescription::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
