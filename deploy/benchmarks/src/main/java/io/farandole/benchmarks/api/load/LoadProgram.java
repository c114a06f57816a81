package io.farandole.benchmarks.api.load;

import io.farandole.benchmarks.process.Asked;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the API in a process of its own, with one thread. Takes where it is as the first line, and
 * then {@code closed KIND CONNECTIONS MILLIS}, {@code open KIND CONNECTIONS MILLIS PER_SECOND},
 * {@code streams COUNT} and {@code hang-up}.
 */
final class LoadProgram implements Asked.Opened {

    private final EventLoopGroup thread =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Place place;
    private final ManyStreams streams;
    private long seed;

    private LoadProgram(Place place) {
        this.place = place;
        this.streams = new ManyStreams(thread, place.port());
    }

    /** Where the API is, and for how many users. */
    record Place(int port, int users) {

        String line() {
            return JsonMapper.shared().writeValueAsString(this);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Asked.answer(first -> new LoadProgram(JsonMapper.shared().readValue(first, Place.class)));
    }

    @Override
    public String greeting() {
        return "ready";
    }

    @Override
    public String to(String question) throws InterruptedException {
        String[] words = question.split(" ", -1);
        return switch (words[0]) {
            case "closed" ->
                    ClosedLoop.run(
                                    thread,
                                    place.port(),
                                    requests(words[1]),
                                    Integer.parseInt(words[2]),
                                    Duration.ofMillis(Long.parseLong(words[3])))
                            .line();
            case "open" ->
                    OpenLoop.run(
                                    thread,
                                    place.port(),
                                    requests(words[1]),
                                    Integer.parseInt(words[2]),
                                    Integer.parseInt(words[4]),
                                    Duration.ofMillis(Long.parseLong(words[3])))
                            .line();
            case "streams" ->
                    Integer.toString(streams.open(Integer.parseInt(words[1]), place.users()));
            case "hang-up" -> {
                streams.close();
                yield "done";
            }
            default -> throw new IllegalArgumentException(question);
        };
    }

    private Requests requests(String kind) {
        return new Requests(
                place.port(), place.users(), Kind.valueOf(kind.toUpperCase(Locale.ROOT)), ++seed);
    }

    @Override
    public void close() {
        var _ = thread.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
}
