/** The demo's clock, which can be moved so that deadlines fire while one watches. Exists only with the demo. */
package org.closedloop.demo.clock;
