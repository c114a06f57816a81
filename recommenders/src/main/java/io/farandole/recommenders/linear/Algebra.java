package io.farandole.recommenders.linear;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * How OpenBLAS adds up here. Sums in another order have other last bits, so that models are the
 * same to the bit only where this is.
 */
@SuppressWarnings("restricted") // two functions without arguments, of a library that is loaded
public final class Algebra {

    private static final int LONGEST_NAME = 64;

    private Algebra() {}

    /** Such as {@code 2 threads, kernel Zen}; JavaCPP has no names for what is asked here. */
    public static String words() {
        Loader.load(openblas.class);
        return find("openblas_get_num_threads", FunctionDescriptor.of(ValueLayout.JAVA_INT))
                        .map(Algebra::number)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors())
                + " threads, kernel "
                + find("openblas_get_corename", FunctionDescriptor.of(ValueLayout.ADDRESS))
                        .map(Algebra::name)
                        .orElse("unknown");
    }

    private static Optional<MethodHandle> find(String name, FunctionDescriptor shape) {
        return SymbolLookup.loaderLookup()
                .find(name)
                .map(address -> Linker.nativeLinker().downcallHandle(address, shape));
    }

    private static int number(MethodHandle function) {
        try {
            return (int) function.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS does not tell its threads", e);
        }
    }

    private static String name(MethodHandle function) {
        try {
            MemorySegment name = (MemorySegment) function.invokeExact();
            return name.reinterpret(LONGEST_NAME).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS does not tell its kernel", e);
        }
    }
}
