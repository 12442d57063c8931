/**
 * The demo county's first cases: some tens of invented matters, played through the API by the demo's officials while
 * the demo's clock runs from some weeks ago to now, so that every deadline and every timer is a real one.
 */
package org.closedloop.demo.cases;
