package io.farandole.processors.lists;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A user's lists, one a release that is served or being loaded: in one row, so that an act changes
 * all of them at once, and what a release leaves behind goes with the next act.
 *
 * @param lists by release
 */
public record UserLists(String user, SortedMap<String, UserList> lists) {

    public static UserLists none(String user) {
        return new UserLists(user, new TreeMap<>());
    }

    public @Nullable UserList in(Release release) {
        return lists.get(release.name());
    }
}
