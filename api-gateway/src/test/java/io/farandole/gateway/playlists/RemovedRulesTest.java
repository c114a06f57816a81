package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.eligibility.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the rules out of the code, one at a time: each time {@link EligibilityPropertyTest} must
 * fail. It prints what the property found, rule by rule.
 */
class RemovedRulesTest {

    static Stream<String> rules() {
        return Stream.of(Rule.class.getPermittedSubclasses()).map(Class::getName);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void withoutARuleThePropertyFails(String rule) throws ReflectiveOperationException {
        String broken = broken(rule);
        System.out.printf("without %s: %s%n", rule.substring(rule.lastIndexOf('.') + 1), broken);
        assertThat(broken).isNotNull();
    }

    /** As it is, and with what is no rule: the property holds, so that it fails for the rule. */
    @Test
    void withAllOfThemItHolds() throws ReflectiveOperationException {
        assertThat(broken(OnePerItem.class.getName())).isNull();
    }

    private static @Nullable String broken(String rule) throws ReflectiveOperationException {
        Method property =
                new Without(rule)
                        .loadClass(EligibilityPropertyTest.class.getName())
                        .getDeclaredMethod("broken", long.class);
        property.setAccessible(true);
        Map<Long, String> found = new TreeMap<>();
        for (long seed : LongStream.rangeClosed(1, 5).toArray()) {
            Object broken = property.invoke(null, seed);
            if (broken != null) {
                found.put(seed, (String) broken);
                break;
            }
        }
        return found.isEmpty() ? null : found.values().iterator().next();
    }

    /** The gateway's code once more, but for a rule: it has nothing against anything. */
    private static final class Without extends ClassLoader {

        private static final String OURS = "io.farandole.gateway.";

        private final String rule;

        Without(String rule) {
            super(RemovedRulesTest.class.getClassLoader());
            this.rule = rule;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file =
                    getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                byte[] changed = name.equals(rule) ? withoutOpinion(bytes) : bytes;
                return defineClass(name, changed, 0, changed.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private static byte[] withoutOpinion(byte[] bytes) {
            ClassFile format = ClassFile.of();
            ClassModel model = format.parse(bytes);
            return format.transformClass(
                    model,
                    ClassTransform.transformingMethods(
                            Without::isOpinion,
                            MethodTransform.dropping(CodeModel.class::isInstance)
                                    .andThen(
                                            MethodTransform.endHandler(
                                                    method ->
                                                            method.withCode(
                                                                    code ->
                                                                            code.iconst_1()
                                                                                    .ireturn())))));
        }

        private static boolean isOpinion(MethodModel method) {
            return method.methodName().equalsString("allows");
        }
    }
}
