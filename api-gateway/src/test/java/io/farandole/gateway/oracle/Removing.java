package io.farandole.gateway.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Set;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import reactor.core.publisher.Flux;

/** Takes a rule out of the code of the gateway that runs, until it is closed. */
final class Removing implements AutoCloseable {

    private static final Instrumentation JVM = ByteBuddyAgent.install();

    private final Class<?> changed;
    private final byte[] before;

    private Removing(Class<?> changed, ClassTransform change) throws IOException {
        this.changed = changed;
        this.before = bytes(changed);
        ClassFile format = ClassFile.of();
        redefine(format.transformClass(format.parse(before), change));
    }

    /** A rule that has nothing against anything. */
    static Removing opinionOf(Class<?> rule) throws IOException {
        return new Removing(
                rule,
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString("allows"),
                        MethodTransform.dropping(CodeModel.class::isInstance)
                                .andThen(
                                        MethodTransform.endHandler(
                                                method ->
                                                        method.withCode(
                                                                code ->
                                                                        code.iconst_1()
                                                                                .ireturn())))));
    }

    /** To a set of this method every element is new, whether it is there or not. */
    static Removing memoryOf(Class<?> type, String method) throws IOException {
        return new Removing(
                type, without(method, Set.class, "add", code -> code.pop2().iconst_1()));
    }

    /** A flow of this method goes on as it is, with what comes twice. */
    static Removing distinctOf(Class<?> type, String method) throws IOException {
        return new Removing(type, without(method, Flux.class, "distinct", CodeBuilder::pop));
    }

    /** Whatever is called so is not called. */
    private static ClassTransform without(
            String method, Class<?> of, String call, Consumer<CodeBuilder> instead) {
        ClassDesc owner = of.describeConstable().orElseThrow();
        return ClassTransform.transformingMethodBodies(
                model -> model.methodName().equalsString(method),
                (code, element) -> {
                    if (element instanceof InvokeInstruction one
                            && one.name().equalsString(call)
                            && one.owner().asSymbol().equals(owner)) {
                        instead.accept(code);
                    } else {
                        code.with(element);
                    }
                });
    }

    @Override
    public void close() {
        redefine(before);
    }

    private void redefine(byte[] bytes) {
        try {
            JVM.redefineClasses(new ClassDefinition(changed, bytes));
        } catch (ClassNotFoundException | UnmodifiableClassException e) {
            throw new IllegalStateException(changed + " cannot be changed", e);
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream stream = type.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IOException(file + " is not there");
            }
            return stream.readAllBytes();
        }
    }
}
