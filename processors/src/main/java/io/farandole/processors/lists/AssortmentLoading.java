package io.farandole.processors.lists;

import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.KnownItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Loads what can be recommended: our own items, with the popularity that others count. */
public final class AssortmentLoading {

    /** Popularity's scores count in these parts of an act. */
    private static final double PARTS = 1e12;

    private static final int PORTION = 2_000;

    private static final String ITEMS =
            """
            select i.key, i.value ->> 'categories' as categories,
                   (i.value ->> 'recommendable')::boolean as recommendable
            from personalisation.items i
            join streams.generation g on g.id = i.generation
            where g.processor = 'personalisation' and g.phase = 'ACTIVE'
            """;
    private static final String POPULARITY_IS_THERE =
            "select to_regclass('popularity.scores') is not null";
    private static final String POPULARITY = "select item, score from popularity.scores";

    private static final JsonMapper JSON = JsonMapper.shared();

    private AssortmentLoading() {}

    public static Offering load(Connection connection) throws SQLException {
        Map<String, Double> popularity = popularity(connection);
        List<KnownItem> items = new ArrayList<>();
        // Few combinations of categories for many items.
        Map<String, List<String>> combinations = new HashMap<>();
        boolean catalogueIsThere = false;
        try (PreparedStatement statement = statement(connection, ITEMS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                catalogueIsThere = true;
                if (!rows.getBoolean(3)) {
                    continue;
                }
                String item = rows.getString(1);
                items.add(
                        new KnownItem(
                                item,
                                combinations.computeIfAbsent(
                                        rows.getString(2), AssortmentLoading::names),
                                popularity.getOrDefault(item, 0.0)));
            }
        }
        return new Offering(catalogueIsThere, Assortment.of(items));
    }

    private static List<String> names(String categories) {
        return List.of(JSON.readValue(categories, String[].class));
    }

    private static Map<String, Double> popularity(Connection connection) throws SQLException {
        Map<String, Double> popularity = new HashMap<>();
        if (popularityIsThere(connection)) {
            try (PreparedStatement statement = statement(connection, POPULARITY);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    popularity.put(rows.getString(1), rows.getDouble(2) / PARTS);
                }
            }
        }
        return popularity;
    }

    // On a first start the view may come after us, whichever of us is made first.
    private static boolean popularityIsThere(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POPULARITY_IS_THERE);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static PreparedStatement statement(Connection connection, String sql)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(PORTION);
        return statement;
    }
}
