/** The walls inside the engine: what a model may not do even if it got past every check before it. */
package org.closedloop.engine.guard;
