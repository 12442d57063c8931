package org.closedloop.organisation;

/**
 * 区域. {@code level} is county, township, village or grid; {@code path} the codes from the county down, each followed
 * by a slash ({@code 140929/140929100/}), so that "lies within" is a prefix test.
 */
public record Area(String code, String name, String level, String parent, String path) {}
