package org.closedloop.worklist.saved;

/**
 * A way somebody looks at a list.
 *
 * @param list  {@code work} or {@code cases}
 * @param name  as its owner calls it
 * @param query what stands behind the question mark of the page's address
 */
public record SavedFilter(String list, String name, String query) {}
