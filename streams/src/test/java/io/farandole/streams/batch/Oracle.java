package io.farandole.streams.batch;

import io.farandole.streams.batch.Histories.Batch;
import io.farandole.streams.batch.Histories.Fate;
import io.farandole.streams.batch.Histories.Happening;
import io.farandole.streams.batch.Histories.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What windows should hold and say, by loops over minutes that share nothing with the folds. */
final class Oracle {

    private static final int NEVER = Integer.MIN_VALUE;

    final Map<String, Integer> hourly = new TreeMap<>();
    final Map<String, Integer> hopping = new TreeMap<>();
    final List<String> said = new ArrayList<>();
    int delivered;
    int applied;
    int duplicate;
    int late;

    /** Of one user, from the first minute to the last. */
    private record Stay(int user, int from, int to, int views) {}

    /** A window that is still to be said. */
    private record Open(String kind, int user, int number) {
        int closes() {
            return kind.equals("hour") ? number * 60 + 70 : number * 30 + 60;
        }
    }

    private final List<Stay> stays = new ArrayList<>();
    private final Set<Open> unsaid = new HashSet<>();
    private final Set<Integer> heard = new HashSet<>();
    private int watermark = NEVER;
    private int clock = NEVER;

    static Oracle of(History history, int end) {
        Oracle oracle = new Oracle();
        for (Batch batch : history.batches()) {
            oracle.clock = Math.max(oracle.clock, history.lastPublished(batch));
            if (batch.fate() != Fate.LOST_BEFORE_COMMIT) {
                oracle.hear(batch, history.happenings());
            }
        }
        oracle.watermark = end;
        oracle.close();
        return oracle;
    }

    private void hear(Batch batch, List<Happening> happenings) {
        int latest = NEVER;
        for (int number : batch.numbers()) {
            delivered++;
            Happening one = happenings.get(number);
            if (!heard.add(number)) {
                duplicate++;
            } else if (add(one)) {
                applied++;
                latest = Math.max(latest, one.happened());
            } else {
                late++;
            }
        }
        watermark = Math.max(watermark, Math.min(latest, clock));
        close();
    }

    private boolean add(Happening one) {
        return switch (one.kind()) {
            case "hour" -> addToHour(one);
            case "hop" -> addToHops(one);
            default -> addToStay(one);
        };
    }

    private boolean addToHour(Happening one) {
        int hour = one.happened() / 60;
        if (watermark >= hour * 60 + 70) {
            return false;
        }
        count(hourly, one.user(), hour);
        unsaid.add(new Open("hour", one.user(), hour));
        return true;
    }

    private boolean addToHops(Happening one) {
        int half = one.happened() / 30;
        for (int start = half - 1; start <= half; start++) {
            count(hopping, one.user(), start);
            unsaid.add(new Open("hop", one.user(), start));
        }
        return true;
    }

    private boolean addToStay(Happening one) {
        int from = one.happened();
        int to = one.happened();
        int views = 1;
        List<Stay> joined = new ArrayList<>();
        for (Stay stay : stays) {
            if (stay.user == one.user()
                    && stay.from < one.happened() + 10
                    && one.happened() - 10 < stay.to) {
                joined.add(stay);
                from = Math.min(from, stay.from);
                to = Math.max(to, stay.to);
                views += stay.views;
            }
        }
        if (watermark >= to + 15) {
            return false;
        }
        stays.removeAll(joined);
        stays.add(new Stay(one.user(), from, to, views));
        return true;
    }

    private void close() {
        for (Open window : List.copyOf(unsaid)) {
            if (watermark >= window.closes()) {
                Map<String, Integer> counts = window.kind.equals("hour") ? hourly : hopping;
                int many = counts.getOrDefault(window.user + "/" + window.number, 0);
                say(window.user, window.kind, many);
                unsaid.remove(window);
            }
        }
        for (Stay stay : List.copyOf(stays)) {
            if (watermark >= stay.to + 15) {
                say(stay.user, "session", stay.views);
                stays.remove(stay);
            }
        }
    }

    private void say(int user, String what, int many) {
        said.add("u" + user + " " + what + " " + many);
    }

    private static void count(Map<String, Integer> counts, int user, int number) {
        counts.merge(user + "/" + number, 1, Integer::sum);
    }
}
