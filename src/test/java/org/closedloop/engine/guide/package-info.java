/** Writes and checks the generated parts of the modelling guide. */
package org.closedloop.engine.guide;
