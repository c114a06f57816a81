package io.farandole.processors.vertex;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a request, and refuses it as Google's services do. */
final class Required {

    private static final String LABEL = "[a-z0-9_-]{1,63}";

    private final List<FieldViolation> violations = new ArrayList<>();

    Required that(boolean holds, String field, String description) {
        if (!holds) {
            violations.add(
                    FieldViolation.newBuilder()
                            .setField(field)
                            .setDescription(description)
                            .build());
        }
        return this;
    }

    Required matches(String value, String form, String field) {
        return that(value.matches(form), field, "'" + value + "' is not of the form " + form);
    }

    Required labels(Map<String, String> labels, String field) {
        labels.forEach(
                (key, value) -> {
                    matches(key, "[a-z]" + LABEL, field);
                    matches(value, LABEL, field + "." + key);
                });
        return this;
    }

    Required split(Map<String, Integer> split, String field) {
        return that(
                split.values().stream().mapToInt(Integer::intValue).sum() == 100,
                field,
                "must add up to 100, not " + split);
    }

    /** Throws INVALID_ARGUMENT with each field, if any is wrong. */
    void orRefuse() {
        if (!violations.isEmpty()) {
            throw StatusProto.toStatusRuntimeException(
                    Status.newBuilder()
                            .setCode(Code.INVALID_ARGUMENT_VALUE)
                            .setMessage("Request contains an invalid argument.")
                            .addDetails(
                                    Any.pack(
                                            BadRequest.newBuilder()
                                                    .addAllFieldViolations(violations)
                                                    .build()))
                            .build());
        }
    }
}
