package io.farandole.pubsub.fuzz;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the server said: how often which code to which method, and what it should not have said. */
final class Answers {

    private static final int LONGEST_SHOWN = 2_000;

    private final Map<String, Map<Status.Code, Integer>> tally = new TreeMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /** What was sent: messages as they were made, and the bytes that were made of them. */
    record Sent(String method, List<Message> requests, List<byte[]> bytes) {

        @Override
        public String toString() {
            String text = requests.toString().replaceAll("\\s+", " ");
            return method
                    + " "
                    + text.substring(0, Math.min(LONGEST_SHOWN, text.length()))
                    + " as "
                    + bytes.stream().map(one -> one.length).toList()
                    + " bytes";
        }
    }

    synchronized void add(Sent sent, Status status) {
        tally.computeIfAbsent(sent.method(), _ -> new EnumMap<>(Status.Code.class))
                .merge(status.getCode(), 1, Integer::sum);
        String said = String.valueOf(status.getDescription());
        if (!Documented.codes(sent.method()).contains(status.getCode())) {
            wrong.add(status + " to " + sent);
        } else if (!status.isOk() && said.split(" ").length < 3) {
            wrong.add("no sentence, but " + status + " to " + sent);
        }
    }

    Queue<String> wrong() {
        return wrong;
    }

    synchronized int of(String method, Status.Code code) {
        return tally.getOrDefault(method, Map.of()).getOrDefault(code, 0);
    }

    synchronized int methods() {
        return tally.size();
    }

    @Override
    public synchronized String toString() {
        return tally.toString();
    }
}
