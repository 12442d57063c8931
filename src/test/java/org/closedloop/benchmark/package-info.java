/**
 * What benchmarks share: a county's worth of open items, and rounds that are measured in turn. Benchmarks are tests with
 * the tag {@code benchmark}, each run by name.
 */
package org.closedloop.benchmark;
