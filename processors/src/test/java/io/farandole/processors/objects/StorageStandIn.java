package io.farandole.processors.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bucket that answers as Cloud Storage's JSON API does, as far as its client asks here: uploads
 * whole and resumable with preconditions, downloads, lists, deletions. What is not of that form is
 * refused with 400; it fails on demand.
 */
public final class StorageStandIn implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern OBJECT =
            Pattern.compile("/(?:download/)?storage/v1/b/([^/]+)/o/([^/]+)");
    private static final Pattern OBJECTS = Pattern.compile("/(upload/)?storage/v1/b/([^/]+)/o");
    private static final Pattern RANGE = Pattern.compile("bytes (?:\\*|(\\d+)-(\\d+))/(\\d+)");

    private final HttpServer server;
    private final String bucket;
    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> elsewhere = new AtomicReference<>();
    private volatile int failure;

    // Neither is compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(byte[] content, String type, long generation) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Session(String name, String type, boolean onlyIfNew, byte[] received) {}

    /** An answer that is no success. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Refused(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    public StorageStandIn(String bucket) throws IOException {
        this.bucket = bucket;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI host() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The names of all objects, sorted. */
    public List<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** What an object holds; to change it changes the object. */
    public byte[] content(String name) {
        return Objects.requireNonNull(objects.get(name), name).content();
    }

    /** The files of a folder, {@code gs://bucket/folder}, as Vertex AI takes them. */
    public void copy(URI folder, Path directory) throws IOException {
        String prefix = folder.getPath().substring(1) + "/";
        for (Map.Entry<String, Stored> file : objects.tailMap(prefix).entrySet()) {
            if (file.getKey().startsWith(prefix)) {
                Files.write(
                        directory.resolve(file.getKey().substring(prefix.length())),
                        file.getValue().content());
            }
        }
    }

    /** Removes an object behind everybody's back. */
    public void lose(String name) {
        objects.remove(name);
    }

    /** The next requests get this code. */
    public void fail(int code, int times) {
        failure = code;
        failures.set(times);
    }

    /** Something happens elsewhere just before the next upload is taken. */
    public void beforeNextUpload(Runnable meanwhile) {
        elsewhere.set(meanwhile);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            try {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new Refused(failure, "as was asked for");
                }
                route(exchange, body);
            } catch (Refused e) {
                reply(
                        exchange,
                        e.code,
                        Map.of(
                                "error",
                                Map.of("code", e.code, "message", String.valueOf(e.getMessage()))));
            }
        } catch (IOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UncheckedIOException(new IOException("stand-in broke", e));
        }
    }

    private void route(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Matcher object = OBJECT.matcher(path);
        if (object.matches()) {
            requireBucket(object.group(1));
            object(exchange, decoded(object.group(2)), query);
            return;
        }
        Matcher all = OBJECTS.matcher(path);
        if (!all.matches()) {
            throw new Refused(400, "stand-in knows no " + exchange.getRequestMethod() + " " + path);
        }
        requireBucket(all.group(2));
        if (all.group(1) == null) {
            list(exchange, query.getOrDefault("prefix", ""));
        } else {
            upload(exchange, query, body);
        }
    }

    private void object(HttpExchange exchange, String name, Map<String, String> query)
            throws IOException {
        Stored stored = objects.get(name);
        if (stored == null) {
            throw new Refused(404, "No such object: " + bucket + "/" + name);
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                if ("media".equals(query.get("alt"))) {
                    exchange.getResponseHeaders().set("Content-Type", stored.type);
                    exchange.getResponseHeaders()
                            .set("x-goog-generation", Long.toString(stored.generation));
                    exchange.sendResponseHeaders(200, sizeOf(stored.content));
                    exchange.getResponseBody().write(stored.content);
                } else {
                    reply(exchange, 200, resource(name, stored));
                }
            }
            case "DELETE" -> {
                objects.remove(name);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> throw new Refused(405, exchange.getRequestMethod() + " of an object");
        }
    }

    private void list(HttpExchange exchange, String prefix) throws IOException {
        List<Map<String, Object>> items =
                objects.tailMap(prefix).entrySet().stream()
                        .takeWhile(entry -> entry.getKey().startsWith(prefix))
                        .map(entry -> resource(entry.getKey(), entry.getValue()))
                        .toList();
        reply(exchange, 200, Map.of("kind", "storage#objects", "items", items));
    }

    private void upload(HttpExchange exchange, Map<String, String> query, byte[] body)
            throws IOException {
        Runnable meanwhile = elsewhere.getAndSet(null);
        if (meanwhile != null) {
            meanwhile.run();
        }
        String session = query.get("upload_id");
        if (session != null) {
            go(exchange, session, body);
            return;
        }
        boolean onlyIfNew = "0".equals(query.get("ifGenerationMatch"));
        switch (query.getOrDefault("uploadType", "")) {
            case "resumable" -> {
                Map<?, ?> told = JSON.readValue(body, Map.class);
                String name = required(query.get("name"), told.get("name"));
                refuseIfThere(name, onlyIfNew);
                String id = "session-" + numbers.incrementAndGet();
                sessions.put(id, new Session(name, type(told), onlyIfNew, new byte[0]));
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                host()
                                        + exchange.getRequestURI().getRawPath()
                                        + "?uploadType=resumable&upload_id="
                                        + id);
                exchange.sendResponseHeaders(200, -1);
            }
            case "multipart" -> {
                String[] parts =
                        new String(body, StandardCharsets.ISO_8859_1)
                                .split(
                                        "(\r\n)?--"
                                                + Pattern.quote(boundary(exchange))
                                                + "(--)?(\r\n)?",
                                        -1);
                if (parts.length < 3) {
                    throw new Refused(400, "a multipart upload has two parts");
                }
                Map<?, ?> told =
                        JSON.readValue(
                                afterHeaders(parts[1]).getBytes(StandardCharsets.ISO_8859_1),
                                Map.class);
                String name = required(query.get("name"), told.get("name"));
                byte[] content = afterHeaders(parts[2]).getBytes(StandardCharsets.ISO_8859_1);
                reply(exchange, 200, store(name, type(told), content, onlyIfNew));
            }
            default -> throw new Refused(400, "uploadType " + query.get("uploadType"));
        }
    }

    private void go(HttpExchange exchange, String id, byte[] body) throws IOException {
        Session session = sessions.get(id);
        if (session == null) {
            throw new Refused(410, "no upload " + id);
        }
        String told = exchange.getRequestHeaders().getFirst("Content-Range");
        Matcher range = RANGE.matcher(told == null ? "" : told);
        byte[] all = Arrays.copyOf(session.received, session.received.length + body.length);
        System.arraycopy(body, 0, all, session.received.length, body.length);
        boolean isWhole =
                told == null || (range.matches() && all.length == Long.parseLong(range.group(3)));
        if (isWhole) {
            sessions.remove(id);
            reply(exchange, 200, store(session.name, session.type, all, session.onlyIfNew));
            return;
        }
        sessions.put(id, new Session(session.name, session.type, session.onlyIfNew, all));
        exchange.getResponseHeaders().set("Range", "bytes=0-" + (all.length - 1));
        exchange.sendResponseHeaders(308, -1);
    }

    private Map<String, Object> store(String name, String type, byte[] content, boolean onlyIfNew) {
        Stored stored = new Stored(content, type, numbers.incrementAndGet());
        if (!onlyIfNew) {
            objects.put(name, stored);
        } else if (objects.putIfAbsent(name, stored) != null) {
            refuseIfThere(name, true);
        }
        return resource(name, stored);
    }

    private void refuseIfThere(String name, boolean onlyIfNew) {
        if (onlyIfNew && objects.containsKey(name)) {
            throw new Refused(
                    412, "At least one of the pre-conditions you specified did not hold.");
        }
    }

    private void requireBucket(String asked) {
        if (!bucket.equals(asked)) {
            throw new Refused(404, "The specified bucket does not exist.");
        }
    }

    private Map<String, Object> resource(String name, Stored stored) {
        CRC32C crc = new CRC32C();
        crc.update(stored.content);
        int sum = (int) crc.getValue();
        byte[] bytes = {(byte) (sum >>> 24), (byte) (sum >>> 16), (byte) (sum >>> 8), (byte) sum};
        Map<String, Object> resource = new HashMap<>();
        resource.put("kind", "storage#object");
        resource.put("bucket", bucket);
        resource.put("name", name);
        resource.put("generation", Long.toString(stored.generation));
        resource.put("metageneration", "1");
        resource.put("size", Integer.toString(stored.content.length));
        resource.put("contentType", stored.type);
        resource.put("crc32c", Base64.getEncoder().encodeToString(bytes));
        resource.put("timeCreated", Instant.EPOCH.toString());
        resource.put("updated", Instant.EPOCH.toString());
        return resource;
    }

    private static String type(Map<?, ?> told) {
        Object type = told.get("contentType");
        return type == null ? "application/octet-stream" : type.toString();
    }

    private static String required(@Nullable String one, @Nullable Object other) {
        if (one == null && other == null) {
            throw new Refused(400, "Required");
        }
        return one == null ? String.valueOf(other) : one;
    }

    private static String boundary(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        Matcher boundary =
                Pattern.compile("boundary=\"?([^\";]+)").matcher(type == null ? "" : type);
        if (!boundary.find()) {
            throw new Refused(400, "a multipart upload names a boundary");
        }
        return boundary.group(1);
    }

    private static String afterHeaders(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private static long sizeOf(byte[] content) {
        return content.length == 0 ? -1 : content.length;
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream raw = exchange.getRequestBody();
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(raw).readAllBytes()
                : raw.readAllBytes();
    }

    private static void reply(HttpExchange exchange, int code, Map<String, ?> body)
            throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(code, json.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(json);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int at = pair.indexOf('=');
            query.put(
                    decoded(at < 0 ? pair : pair.substring(0, at)),
                    at < 0 ? "" : decoded(pair.substring(at + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
