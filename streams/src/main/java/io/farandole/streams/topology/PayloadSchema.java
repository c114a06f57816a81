package io.farandole.streams.topology;

import io.farandole.events.Kind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message's data looks like, as JSON Schema: an object whose one member is named by the
 * kind. Further members are passed over, so they are not forbidden.
 */
final class PayloadSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PayloadSchema() {}

    static ObjectNode of(Kind kind) {
        ObjectNode body = object();
        ObjectNode members = body.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Kind.Field field : kind.fields()) {
            members.set(field.name(), field(field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            body.set("required", required);
        }
        ObjectNode whole = object();
        whole.putObject("properties").set(kind.name(), body);
        whole.putArray("required").add(kind.name());
        return whole;
    }

    static ObjectNode text() {
        return JSON.objectNode().put("type", "string");
    }

    static ObjectNode object() {
        return JSON.objectNode().put("type", "object");
    }

    private static ObjectNode field(Kind.Field field) {
        ObjectNode value = value(field.form());
        if (!field.repeated()) {
            return value;
        }
        ObjectNode list = JSON.objectNode().put("type", "array");
        list.set("items", value);
        return list;
    }

    private static ObjectNode value(Kind.Form form) {
        return switch (form) {
            case TEXT -> text();
            case INTEGER -> JSON.objectNode().put("type", "integer").put("format", "int32");
            case REAL -> JSON.objectNode().put("type", "number").put("format", "double");
            case FLAG -> JSON.objectNode().put("type", "boolean");
            case DATE -> text().put("format", "date");
            case INSTANT -> text().put("format", "date-time");
        };
    }
}
