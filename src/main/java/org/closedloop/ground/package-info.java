/**
 * 底图: the outline of the county and its townships that every map of the pages is drawn on. It comes from this product's own
 * database, never from another host.
 */
package org.closedloop.ground;
