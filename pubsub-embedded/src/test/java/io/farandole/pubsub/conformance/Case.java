package io.farandole.pubsub.conformance;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.opentest4j.TestAbortedException;

/** One rule of the documentation with the way to see whether a server keeps it. */
record Case(Chapter chapter, Method check) {

    String name() {
        return check.getName();
    }

    Rule rule() {
        return check.getAnnotation(Rule.class);
    }

    Verdict on(Subject subject) {
        if (rule().ours() && !subject.isOurs()) {
            return new Verdict.NotRun("no promise of the documentation");
        }
        try (World world = new World(subject, name())) {
            Constructor<?> chapterOfCases = check.getDeclaringClass().getDeclaredConstructor();
            check.invoke(chapterOfCases.newInstance(), world);
            return new Verdict.Kept();
        } catch (InvocationTargetException thrown) {
            Throwable how = thrown.getTargetException();
            return how instanceof TestAbortedException
                    ? new Verdict.NotRun(String.valueOf(how.getMessage()))
                    : new Verdict.Broken(how);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("case " + this + " cannot be called", e);
        }
    }

    @Override
    public String toString() {
        return chapter.title() + ": " + name();
    }
}
