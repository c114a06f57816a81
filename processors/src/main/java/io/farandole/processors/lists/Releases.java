package io.farandole.processors.lists;

import java.util.List;

/** The releases in which each user has a list now: the one that is served, and those loading. */
public record Releases(List<Release> all) {}
