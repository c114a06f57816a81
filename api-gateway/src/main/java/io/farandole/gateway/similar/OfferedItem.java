package io.farandole.gateway.similar;

import java.util.List;

/** An offer's item, as much of it as similarity needs. */
record OfferedItem(String item, String title, List<String> categories) {}
