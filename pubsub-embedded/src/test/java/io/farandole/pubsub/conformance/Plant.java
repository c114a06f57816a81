package io.farandole.pubsub.conformance;

import static java.util.Objects.requireNonNull;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.List;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Ways for a method to go wrong. Their code is copied into it, so it may use nothing but the JDK's
 * classes.
 */
enum Plant {
    /** And returns zero, false or null. */
    DOES_NOTHING(Skipped.class),
    SAYS_YES(Yes.class),
    SAYS_THE_CONTRARY(Contrary.class),
    FINDS_NOTHING(Nothing.class),
    LISTS_NOTHING(EmptyList.class),
    RETURNS_VERY_MUCH(VeryMuch.class),
    TAKES_ITS_FIRST_NUMBER_AS_ONE(FirstIsOne.class),
    TAKES_ITS_FIRST_NUMBER_AS_ONE_MORE(FirstOneMore.class),
    TAKES_ITS_SECOND_NUMBER_AS_ONE_MORE(SecondOneMore.class),
    /** The field {@code key} is null to it. */
    SEES_NO_KEY(null),
    /** What it adds to a number leaves that as it was, and answers zero. */
    COUNTS_NOTHING(null);

    private final @Nullable Class<?> advice;

    Plant(@Nullable Class<?> advice) {
        this.advice = advice;
    }

    AsmVisitorWrapper in(ElementMatcher<? super MethodDescription> method) {
        return switch (this) {
            case SEES_NO_KEY -> substitution().field(named("key")).onRead().stub().on(method);
            case COUNTS_NOTHING -> substitution().method(named("getAndAdd")).stub().on(method);
            default -> Advice.to(requireNonNull(advice)).on(method);
        };
    }

    private static MemberSubstitution substitution() {
        return MemberSubstitution.relaxed();
    }

    static final class Skipped {
        private Skipped() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static final class Yes {
        private Yes() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean returned) {
            returned = true;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static final class Contrary {
        private Contrary() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean returned) {
            returned = !returned;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static final class Nothing {
        private Nothing() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object returned) {
            returned = Optional.empty();
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static final class EmptyList {
        private EmptyList() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object returned) {
            returned = List.of();
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method returns
    static final class VeryMuch {
        private VeryMuch() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long returned) {
            returned = 1_000_000_000_000L;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static final class FirstIsOne {
        private FirstIsOne() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) int given) {
            given = 1;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static final class FirstOneMore {
        private FirstOneMore() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) int given) {
            given = given + 1;
        }
    }

    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static final class SecondOneMore {
        private SecondOneMore() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) int given) {
            given = given + 1;
        }
    }
}
