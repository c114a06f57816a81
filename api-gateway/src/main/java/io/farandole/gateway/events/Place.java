package io.farandole.gateway.events;

/**
 * Where an event's parts are in a request, so that a refusal can point at them.
 *
 * @param attributes what stands before an attribute's name
 * @param data the path of the data
 */
record Place(String attributes, String data) {

    static final Place BINARY = new Place("header ce-", "$");
    static final Place STRUCTURED = new Place("$.", "$.data");

    static Place inBatch(int index) {
        return new Place("$[" + index + "].", "$[" + index + "].data");
    }

    String attribute(String name) {
        return attributes + name;
    }
}
