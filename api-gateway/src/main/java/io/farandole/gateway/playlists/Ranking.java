package io.farandole.gateway.playlists;

import java.util.List;

/**
 * Items in an order that is the same for everyone.
 *
 * @param items best first; none, if there is no such order
 * @param origin what the order comes from
 */
record Ranking(List<String> items, Playlist.Origin origin) {}
