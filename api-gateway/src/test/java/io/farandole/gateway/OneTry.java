package io.farandole.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** For tests that are there to find races: the second try of one that failed fails as well. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OneTry.FailingAgain.class)
public @interface OneTry {

    /** Remembers what failed; the second try is in the same JVM. */
    final class FailingAgain implements BeforeEachCallback, TestWatcher {

        private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

        @Override
        public void beforeEach(ExtensionContext test) {
            if (FAILED.contains(test.getUniqueId())) {
                throw new AssertionError("it failed at its first try, and has no second");
            }
        }

        @Override
        public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
            FAILED.add(test.getUniqueId());
        }
    }
}
