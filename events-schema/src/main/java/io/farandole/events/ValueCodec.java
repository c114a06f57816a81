package io.farandole.events;

import io.farandole.events.Kind.Form;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes one value in the form that protobuf's JSON gives it; a number may come as text,
 * as it may there. A refusal is an {@link IllegalArgumentException} that says why; the reader knows
 * where.
 */
final class ValueCodec {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final int LONGEST_NUMBER = 400;

    private final Form form;
    private final @Nullable MethodHandle identifier;

    ValueCodec(Form form, Class<?> type) throws ReflectiveOperationException {
        this.form = form;
        this.identifier =
                Kind.isIdentifier(type)
                        ? MethodHandles.lookup()
                                .findConstructor(
                                        type, MethodType.methodType(void.class, String.class))
                                .asType(MethodType.methodType(Object.class, String.class))
                        : null;
    }

    void write(Object value, JsonGenerator json) {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            // Texts, identifiers, dates and instants are what they print.
            default -> json.writeString(value.toString());
        }
    }

    Object read(JsonParser json, JsonToken token) {
        return switch (form) {
            case TEXT -> text(json, token);
            case INTEGER -> integer(json, token);
            case REAL -> real(json, token);
            case FLAG -> flag(token);
            case DATE -> date(json, token);
            case INSTANT -> instant(json, token);
        };
    }

    private Object text(JsonParser json, JsonToken token) {
        String text = string(json, token);
        String flaw = Texts.flaw(text);
        if (flaw != null) {
            throw new IllegalArgumentException(flaw);
        }
        if (identifier == null) {
            return text;
        }
        try {
            return (Object) identifier.invokeExact(text);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object integer(JsonParser json, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.INT) {
            return json.getIntValue();
        }
        try {
            return number(json, token).intValueExact();
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("is no 32-bit integer");
        }
    }

    private static Object real(JsonParser json, JsonToken token) {
        double value =
                token.isNumeric() ? json.getDoubleValue() : number(json, token).doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("is out of the range of a double");
        }
        return value;
    }

    private static BigDecimal number(JsonParser json, JsonToken token) {
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("is " + name(token) + ", not a number");
        }
        String text = json.getString();
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("is \"" + text + "\", not a number");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("is out of every range");
        }
    }

    private static Object flag(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                    throw new IllegalArgumentException("is " + name(token) + ", not true or false");
        };
    }

    private static Object date(JsonParser json, JsonToken token) {
        LocalDate date = Rfc3339.date(string(json, token));
        if (date == null) {
            throw new IllegalArgumentException(
                    "is \"" + json.getString() + "\", not a date such as 2026-11-22");
        }
        return date;
    }

    private static Object instant(JsonParser json, JsonToken token) {
        Instant instant = Rfc3339.instant(string(json, token));
        if (instant == null) {
            throw new IllegalArgumentException(
                    "is \""
                            + json.getString()
                            + "\", not an RFC 3339 instant such as 2026-11-22T12:00:00Z");
        }
        return instant;
    }

    private static String string(JsonParser json, JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("is " + name(token) + ", not a string");
        }
        return json.getString();
    }

    static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "no value";
        };
    }
}
