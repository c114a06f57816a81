package io.farandole.processors.vertex;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;

/**
 * What the endpoint answered.
 *
 * @param deployed the id of the model that did
 * @param items the best, the best first
 */
public record Prediction(String deployed, List<String> items) {

    static final String HISTORY = "history";
    static final String K = "k";
    static final String ITEMS = "items";

    public Prediction {
        items = List.copyOf(items);
    }

    static Value instance(Map<String, Double> history, int k) {
        Struct.Builder acts = Struct.newBuilder();
        history.forEach((item, weight) -> acts.putFields(item, number(weight)));
        return Value.newBuilder()
                .setStructValue(
                        Struct.newBuilder()
                                .putFields(HISTORY, Value.newBuilder().setStructValue(acts).build())
                                .putFields(K, number(k)))
                .build();
    }

    static List<String> items(Value prediction) {
        ListValue items =
                prediction
                        .getStructValue()
                        .getFieldsOrDefault(ITEMS, Value.getDefaultInstance())
                        .getListValue();
        return items.getValuesList().stream().map(Value::getStringValue).toList();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
